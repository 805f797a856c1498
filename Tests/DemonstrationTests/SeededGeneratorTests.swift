import Demonstration
import SeededNumbers
import Testing

@Suite("Seeded generator") struct SeededGeneratorTests {
    @Test func `is SplitMix64`() {
        var generator = SeededGenerator(seed: 1_234_567)
        let drawn = (0..<5).map { _ in generator.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test(arguments: [1, 2, 7, 100])
    func `draws below a bound, evenly`(bound: Int) {
        var generator = SeededGenerator(seed: 9)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<(bound * 1_000) { counts[generator.below(bound)] += 1 }
        #expect(counts.allSatisfy { (800...1_200).contains($0) })
    }

    @Test func `a chance comes as often as it says`() {
        var generator = SeededGenerator(seed: 10)
        let hits = (0..<10_000).count { _ in generator.chance(30) }
        #expect((2_800...3_200).contains(hits))
        #expect(!(0..<100).contains { _ in generator.chance(0) })
        #expect((0..<100).allSatisfy { _ in generator.chance(100) })
    }
}
