/// A value that must not reach a log, a dump or an error message.
///
/// Names, birth dates, links and codes travel inside one where a description could be printed.
package struct Redacted<Value: Sendable>: Sendable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// The value itself, for the one place that needs it.
    package let revealed: Value

    package init(_ value: Value) {
        revealed = value
    }

    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}
