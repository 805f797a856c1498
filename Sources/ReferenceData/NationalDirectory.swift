import Foundation
package import RecordExchange
package import Vocabulary

/// The public schools and districts of the country as published, and the states with their zones.
///
/// Carried by the program as a resource; the sources and their terms are in `credits()`.
package struct NationalDirectory: Sendable {
    /// In the order of their numbers, so that a district's schools stand together.
    package let schools: [School]
    /// In the order of their numbers.
    package let districts: [District]
    /// In the order of their postal codes.
    package let states: [StateEntry]

    /// How far loading has come.
    package struct Progress: Hashable, Sendable {
        package let schoolsRead: Int
        package let schoolsInAll: Int
    }

    /// Why the directory could not be loaded: the installation is damaged.
    package enum Damaged: Error, Equatable, Sendable, CustomStringConvertible {
        case resourceMissing(String)
        case notUnpackable(String)
        /// Lines are counted from 1.
        case badLine(Int, of: String, because: String)

        package var description: String {
            switch self {
            case .resourceMissing(let name):
                "the national directory's file \(name) is missing; reinstall Mochila"
            case .notUnpackable(let name):
                "the national directory's file \(name) is damaged; reinstall Mochila"
            case .badLine(let number, let name, let reason):
                "line \(number) of the national directory's file \(name): \(reason)"
            }
        }
    }

    /// The credit that the school lists' licence asks to be shown.
    package static let creditLine =
        "Education Data Portal, Urban Institute, under ODC Attribution License"

    /// Reads the directory from the program's resources, in well under a second.
    ///
    /// `progress` is called some twenty times, on the calling thread.
    package static func load(
        progress: (Progress) -> Void = { _ in }
    ) throws(Damaged) -> Self {
        let packed = try resource(directoryFile)
        let lines: [UInt8]
        do {
            lines = try Gunzip.unpack(packed, limit: 64 * 1_024 * 1_024)
        } catch {
            throw .notUnpackable(directoryFile)
        }
        return try Self(
            directoryLines: lines,
            stateLines: try resource(statesFile),
            progress: progress
        )
    }

    /// Where the directory comes from and under which terms, as plain text.
    package static func credits() throws(Damaged) -> String {
        String(decoding: try resource("CREDITS.txt"), as: UTF8.self)
    }

    /// Reads the two files' content, strictly: the first bad line ends it.
    package init(
        directoryLines: [UInt8],
        stateLines: [UInt8],
        progress: (Progress) -> Void = { _ in }
    ) throws(Damaged) {
        states = try DirectoryReader.states(stateLines, file: Self.statesFile)
        var reader = DirectoryReader(file: Self.directoryFile)
        try reader.read(directoryLines, progress: progress)
        schools = reader.schools
        districts = reader.districts
    }

    package func school(_ id: SchoolID) -> School? {
        let index = schools.firstIndex(notBefore: id, by: \.id)
        return index < schools.count && schools[index].id == id ? schools[index] : nil
    }

    package func district(_ id: DistrictID) -> District? {
        let index = districts.firstIndex(notBefore: id, by: \.id)
        return index < districts.count && districts[index].id == id ? districts[index] : nil
    }

    package func state(_ code: StateCode) -> StateEntry? {
        let index = states.firstIndex(notBefore: code, by: \.code)
        return index < states.count && states[index].code == code ? states[index] : nil
    }

    /// A district's schools, in the order of their numbers.
    package func schools(of district: DistrictID) -> ArraySlice<School> {
        let first = schools.firstIndex(notBefore: district, by: \.district)
        var end = first
        while end < schools.count, schools[end].district == district { end += 1 }
        return schools[first..<end]
    }

    private static let directoryFile = "directory.tsv.gz"
    private static let statesFile = "states.tsv"

    static func resource(_ name: String) throws(Damaged) -> [UInt8] {
        // Not `resourceURL`: that is this folder where its name is `Resources`, else its parent.
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources")
        guard let content = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
            throw .resourceMissing(name)
        }
        return [UInt8](content)
    }
}

extension Array {
    /// The index of the first element whose key is not before `key`; the array is sorted by it.
    fileprivate func firstIndex<Key: Comparable>(
        notBefore key: Key,
        by path: (Element) -> Key
    ) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if path(self[middle]) < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
