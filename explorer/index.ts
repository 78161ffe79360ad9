// Public names of explorer/: a page over a store, served to this machine.
export { type Explorer, type ExplorerOptions, startExplorer } from './explorer.ts'
