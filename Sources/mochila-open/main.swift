import CConfinement
import Glibc
import Sealing

// Opens one bundle for whoever started it, then ends: see `OpeningProgram`. By hand it does nothing.
let worker = OpeningWorker()
var limits = mochila_limits(
    first_closed: 4,
    memory: OpeningWorker.memory,
    cpu_seconds: OpeningWorker.processorSeconds(for: worker.byteCount)
)
let confinement = Confinement(rawValue: UInt32(mochila_confine(&limits)))
do {
    try worker.run(confinement: confinement) { Exercise.run($0) }
} catch {
    exit(1)
}
