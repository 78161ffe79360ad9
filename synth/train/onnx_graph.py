"""A small builder for ONNX graphs whose initialisers lie as fp16 or int8 in one file shared by several graphs.

fp16 ones are followed by a Cast to fp32, which onnxruntime folds when it loads the model.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence, Union

import numpy as np
import onnx
from onnx import TensorProto, helper

MICROSOFT = "com.microsoft"
ALIGNMENT = 64
Shape = Sequence[Union[int, str]]


class WeightFile:
    """Appends each named array once; graphs refer to it by offset."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[str, tuple[int, np.ndarray]] = {}
        self.size = 0

    def place(self, name: str, array: np.ndarray) -> tuple[int, np.ndarray]:
        """Offset and content of `name`, added on first use: int8 as it is, all else as fp16."""
        if name not in self.places:
            small = np.ascontiguousarray(array, np.int8 if array.dtype == np.int8 else np.float16)
            self.places[name] = (self.size, small)
            self.size += -(-small.nbytes // ALIGNMENT) * ALIGNMENT
        return self.places[name]

    def write(self) -> None:
        content = bytearray(self.size)
        for offset, small in self.places.values():
            content[offset : offset + small.nbytes] = small.tobytes()
        self.path.write_bytes(content)


class Graph:
    """Collects nodes; `op` returns the name of what a node computes."""

    def __init__(self, weights: WeightFile) -> None:
        self.file = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: dict[str, onnx.TensorProto] = {}
        self.stored: dict[str, str] = {}
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, kind: int, shape: Shape) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, value: str, name: str, kind: int, shape: Shape) -> None:
        """Publish `value` as output `name` by renaming it where it is made."""
        self.outputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        for node in self.nodes:
            for names in (node.input, node.output):
                for index, existing in enumerate(names):
                    if existing == value:
                        names[index] = name

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> str:
        return self.ops(kind, *inputs, outputs=outputs, domain=domain, **attributes)[0]

    def ops(self, kind: str, *inputs: str, outputs: int, domain: str = "", **attributes: object) -> list[str]:
        number = len(self.nodes)
        names = [f"{kind}_{number}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{number}", domain=domain, **attributes))
        return names

    def constant(self, name: str, value: np.ndarray) -> str:
        """A small inline initialiser, in the array's own type."""
        if name not in self.initialisers:
            value = np.asarray(value)
            kind = {"int64": TensorProto.INT64, "uint8": TensorProto.UINT8}.get(value.dtype.name, TensorProto.FLOAT)
            self.initialisers[name] = helper.make_tensor(name, kind, value.shape, value.reshape(-1).tolist())
        return name

    def integers(self, *values: int) -> str:
        return self.constant("i" + "_".join(str(v).replace("-", "m") for v in values), np.array(values, np.int64))

    def weight(self, name: str, array: np.ndarray) -> str:
        """An initialiser in the shared file, for the nodes that use it: int8 as it is, all else as fp32."""
        if name not in self.stored:
            offset, small = self.file.place(name, array)
            is_int8 = small.dtype == np.int8
            kind = TensorProto.INT8 if is_int8 else TensorProto.FLOAT16
            tensor = TensorProto(name=name, data_type=kind, dims=small.shape)
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", self.file.path.name), ("offset", offset), ("length", small.nbytes)):
                tensor.external_data.add(key=key, value=str(value))
            self.initialisers[name] = tensor
            self.stored[name] = name if is_int8 else self.op("Cast", name, to=TensorProto.FLOAT)
        return self.stored[name]

    def shape(self, value: str, axis: int) -> str:
        """Length of one axis, `[1]` int64."""
        return self.op("Shape", value, start=axis, end=axis + 1)

    def reshape(self, value: str, *dims: int, to: Optional[str] = None) -> str:
        """0 keeps the axis, -1 takes what is left; `to` is a computed shape."""
        return self.op("Reshape", value, to if to is not None else self.integers(*dims))

    def transpose(self, value: str, *order: int) -> str:
        return self.op("Transpose", value, perm=list(order))

    def save(self, path: Path) -> None:
        graph = helper.make_graph(self.nodes, path.stem, self.inputs, self.outputs, list(self.initialisers.values()))
        imports = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=imports, producer_name="benchsteer")
        model.ir_version = 8
        path.write_bytes(model.SerializeToString())
