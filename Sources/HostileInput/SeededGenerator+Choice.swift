package import SeededNumbers

extension SeededGenerator {
    /// One of a collection that is known to hold something.
    package mutating func choice<Choices: RandomAccessCollection>(
        of choices: Choices
    ) -> Choices.Element where Choices.Index == Int {
        choices[Int.random(in: choices.startIndex..<choices.endIndex, using: &self)]
    }

    /// True in `percent` of a hundred cases.
    package mutating func happens(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }
}
