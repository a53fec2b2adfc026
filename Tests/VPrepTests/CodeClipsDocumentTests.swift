import Foundation
import Services
import TestSupport
import Testing

@Suite("The document of codes and clips")
struct CodeClipsDocumentTests {
  @Test("names the test clips that show each predicted code, and those that come close")
  func document() throws {
    let file = Repository.root.appending(path: "Docs/code-clips.md")
    let text = try Self.markdown()
    if ProcessInfo.processInfo.environment["VPREP_WRITE_DOCS"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  private static func markdown() throws -> String {
    var rows: [String] = []
    let codes = CodeCatalog.codes.filter { $0.kind == .predict }
    let isTested = try Set(
      codes.filter { try clips(of: $0) { $0.predicts } != none }.map(\.code))
    for code in codes {
      let shown = try clips(of: code) { $0.predicts }
      // Another service that answers the same code has clips of it.
      if shown == none, isTested.contains(code.code) { continue }
      let close = try clips(of: code) { $0.nearMisses ?? [] }
      rows.append(
        "| `\(code.code)` | \(code.provider.rawValue) | \(shown) | \(close) |")
    }
    return introduction + "\n\n| code | provider | clips that show it | clips that come close |\n"
      + "| --- | --- | --- | --- |\n" + rows.joined(separator: "\n") + "\n"
  }

  /// The ids of the clips of which `names` holds the code, each with its mode.
  private static func clips(
    of code: ProviderCode, _ names: (ClipExpectation) -> [String]
  ) throws -> String {
    var found: [String] = []
    let brief = code.code.replacing("FailedOperation.", with: "")
    for clip in try TestClips.all {
      for expected in clip.check + clip.checkFaces where expected.provider == code.provider.rawValue
      {
        let mode = expected.mode.map { " (\($0))" } ?? ""
        let name = "`\(clip.id)`" + mode
        let shows = names(expected).contains { $0 == brief || $0 == code.code }
        if shows, !found.contains(name) { found.append(name) }
      }
    }
    return found.isEmpty ? none : found.joined(separator: ", ")
  }

  private static let none = "–"

  private static let introduction = """
    # Codes and clips

    Which clips of `TestVideos` show each code that vprep predicts, and which come close to it without \
    being predicted. A code that several services answer stands under those that the clips are tested with. \
    `make setup` makes the clips; the mode stands behind the clip. To see one:

    ```sh
    vprep check TestVideos/clips/dark-3.mp4 --provider tencent --mode silent --verbose
    vprep explain ActionLightDark
    ```

    This file is made from `TestVideos/manifest.json`, and a test compares the two. To make it again: \
    `VPREP_WRITE_DOCS=1 swift test --filter CodeClipsDocumentTests`.
    """
}
