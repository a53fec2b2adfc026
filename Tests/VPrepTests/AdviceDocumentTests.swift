import Foundation
import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("The document of advice")
struct AdviceDocumentTests {
  /// Clips that are not accepted as they are, in SILENT unless a mode is named.
  private static let clips: [(id: String, mode: ProviderMode)] = [
    ("no-face", .silent), ("no-face-wall", .silent), ("face-leaves", .silent),
    ("two-faces", .silent), ("passer-by", .silent), ("dark-2", .silent), ("dark-3", .silent),
    ("backlit", .silent), ("bright-3", .silent), ("half-lit-2", .silent), ("mask", .silent),
    ("hand-over-mouth", .silent), ("far-3", .action), ("close-2", .action), ("left-2", .action),
    ("right-2", .action), ("cut-left", .silent), ("silent-sound", .lip), ("tilted", .silent),
    ("eyes-shut", .silent), ("blur-3", .silent), ("motion-2", .silent), ("still-photo", .action),
    ("blink-only", .action), ("cut-in-data", .silent), ("webm-vp8", .silent),
  ]

  @Test("is what is said, in every language")
  func document() async throws {
    let file = Repository.root.appending(path: "Docs/advice.md")
    let text = try await markdown()
    if ProcessInfo.processInfo.environment["VPREP_WRITE_DOCS"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  private func markdown() async throws -> String {
    let catalogues = AdviceCatalogue.languages.compactMap(AdviceCatalogue.speaking)
    let sentences = Advice.allCases.map { advice in
      ["`\(advice.rawValue)`", advice.remedy.rawValue] + catalogues.map { $0.sentence(advice) }
    }
    var shown: [[String]] = []
    for clip in Self.clips {
      let report = try await FaceClips.shared.report(clip.id, mode: clip.mode)
      let verdict = try measured(report.verdict, "verdict")
      let step = try measured(verdict.nextStep, "next step of \(clip.id)")
      let said = catalogues.map { verdict.translated(by: $0).nextStep?.text ?? "–" }
      shown.append(["`\(clip.id)`", clip.mode.rawValue, "`\(step.id.rawValue)`"] + said)
    }
    let names = catalogues.map(\.name)
    return Self.introduction + "\n\n## Sentences\n\n"
      + Self.table(["id", "remedy"] + names, sentences)
      + "\n\n## What clips are told first\n\nClips of `TestVideos/manifest.json`, checked for "
      + "`tencent`.\n\n" + Self.table(["clip", "mode", "id"] + names, shown) + "\n"
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private static let introduction = """
    # Advice

    What vprep tells the person in front of the camera. A sentence has an `id`, which is stable, and a \
    `remedy`: **retake** (the person records again), **repair** (`fit` and `prep` mend it, the person does \
    nothing) or **request** (the integrator changes how clips are recorded or sent). `verdict.nextStep` is \
    the one to show: the first of the failures, else of the warnings, in the order of the table below. What \
    a person must do comes before what is repaired.

    `--language` chooses among \(AdviceCatalogue.languages.joined(separator: ", ")); nothing but advice is \
    translated. No native speaker has read the translations yet. `--advice FILE.json` takes sentences of your \
    own; what a file leaves out is said in English:

    ```json
    {
      "language": "de",
      "name": "Deutsch",
      "sentences": { "record-longer": "Nehmen Sie länger auf: {seconds} Sekunden genügen." }
    }
    ```

    A translation belongs into `Advice/LANG.json`. This file is made from the tables that the program uses, \
    and a test compares the two. To make it again: `VPREP_WRITE_DOCS=1 swift test --filter \
    AdviceDocumentTests`.
    """
}
