/// Everything `mochila doctor` found, in words and as JSON.
package struct DoctorReport: Hashable, Sendable {
    /// In the order of the checks.
    package let findings: [Finding]

    package init(_ findings: [Finding]) {
        self.findings = findings
    }

    package var faults: Int { findings.count(where: \.isFault) }

    package var warnings: Int {
        findings.count { finding in
            if case .warning = finding.verdict { true } else { false }
        }
    }

    /// 0 where nothing is at fault, else 1.
    package var exitCode: Int32 { faults == 0 ? 0 : 1 }

    /// For people: one line a check, with the cure on the next.
    package var lines: [String] {
        let width = findings.map(\.check.utf8.count).max() ?? 0
        let checks = findings.flatMap { finding -> [String] in
            let name =
                finding.check
                + String(repeating: " ", count: width - finding.check.utf8.count)
            switch finding.verdict {
            case .ok(let what): return ["ok       \(name)  \(what)"]
            case .warning(let what, let cure):
                return ["warning  \(name)  \(what)", indented(cure, width)]
            case .fault(let what, let cure):
                return ["FAULT    \(name)  \(what)", indented(cure, width)]
            }
        }
        return checks + [summary]
    }

    /// One JSON object, keys always in the same order.
    package var json: String {
        let items = findings.map { finding -> String in
            let (verdict, what, cure): (String, String, String?) =
                switch finding.verdict {
                case .ok(let what): ("ok", what, nil)
                case .warning(let what, let cure): ("warning", what, cure)
                case .fault(let what, let cure): ("fault", what, cure)
                }
            var fields = [
                "\"check\":\(Self.quoted(finding.check))", "\"verdict\":\"\(verdict)\"",
                "\"what\":\(Self.quoted(what))",
            ]
            if let cure { fields.append("\"cure\":\(Self.quoted(cure))") }
            return "{\(fields.joined(separator: ","))}"
        }
        return "{\"faults\":\(faults),\"warnings\":\(warnings),"
            + "\"findings\":[\(items.joined(separator: ","))]}"
    }

    private var summary: String {
        switch (faults, warnings) {
        case (0, 0): "All \(findings.count) checks passed."
        case (0, let warnings): "No faults, \(warnings) to look at."
        case (let faults, let warnings): "\(faults) to mend, \(warnings) to look at."
        }
    }

    private func indented(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: 9 + width + 2) + "→ " + text
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 32 || scalar.value == 127:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
