import Foundation
import TestSupport
import Testing

/// Pages as a browser shows them.
enum Browser {
  /// How a page looks to somebody.
  struct View: Decodable {
    let page: String
    let title: String
    let text: String
    /// Width of what is laid out, in pixels.
    let width: Int
    /// Roles of things that have no name.
    let nameless: [String]
    /// Text of too little contrast.
    let faint: [String]
    /// Messages of the console.
    let messages: [String]
    /// Addresses that were asked for, but for the page and what it holds.
    let requests: [String]
    /// Pictures that are not shown.
    let broken: Int
    /// Things that the keyboard reaches.
    let focusable: Int
  }

  static let isInstalled =
    (try? runProcess("which", ["chromium"]).status) == 0

  /// Opens pages one after another; screenshots go to the folder in `VPREP_SHOTS`, where there is one.
  static func look(at pages: [String], width: Int, scheme: String) throws -> [View] {
    let script = Repository.root.appending(path: "Tests/PageTests/browse.py")
    let shots = ProcessInfo.processInfo.environment["VPREP_SHOTS"] ?? "-"
    let result = try runProcess(
      "python3", [script.path(percentEncoded: false), "\(width)", scheme, shots] + pages,
      timeout: 300)
    guard result.status == 0 else { throw Failure(text: result.errorText) }
    return try JSONDecoder().decode([View].self, from: result.output)
  }

  struct Failure: Error { let text: String }
}

extension Browser.View {
  /// Expects what holds for every page, whatever it shows.
  func expectSound(width: Int, scheme: String) {
    let place: Comment = "\(page) at \(width) pixels, \(scheme)"
    #expect(self.width <= width, place)
    #expect(messages.isEmpty, place)
    #expect(requests.isEmpty, place)
    #expect(nameless.isEmpty, place)
    #expect(faint.isEmpty, place)
    #expect(broken == 0, place)
    #expect(focusable > 0, place)
    #expect(!title.isEmpty, place)
  }
}
