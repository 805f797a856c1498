import CConfinement
import Documents
import Glibc

// Prints one page for whoever started it, then ends: see `PrintingProgram`. By hand it does nothing.
let worker = PrintingWorker()
var limits = mochila_limits(
    first_closed: 4,
    memory: PrintingWorker.memory,
    cpu_seconds: PrintingWorker.processorSeconds
)
let folders = PrintingWorker.folders.map { strdup($0) }
let confinement = folders.map { UnsafePointer($0) }.withUnsafeBufferPointer { list in
    mochila_confine_to_looking(&limits, list.baseAddress, Int32(list.count))
}
do {
    try worker.run(confinement: UInt32(confinement)) { Exercise.run($0) }
} catch {
    exit(1)
}
