import Foundation
import TestSupport
import Testing

@Suite("The program on a terminal")
struct TerminalTests {
  /// Gives a program a terminal of so many columns, and prints what it writes there.
  private static let pty = """
    import fcntl, os, pty, struct, sys, termios
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
        os.execv(sys.argv[2], sys.argv[2:])
    text = b""
    try:
        while piece := os.read(terminal, 65536):
            text += piece
    except OSError:
        pass
    os.waitpid(child, 0)
    sys.stdout.buffer.write(text.replace(b"\\r\\n", b"\\n"))
    """

  private static let plain = ["TERM": "xterm", "COLUMNS": "", "NO_COLOR": "", "CLICOLOR": ""]
  private static let vprep = Repository.vprep.path(percentEncoded: false)
  private static var check: [String] {
    get throws { ["check", try TestClips.named("webm-vp8").file, "--provider", "tencent"] }
  }

  // Clips are named by their file alone: a path is one word, and a line is as wide as its longest.
  private static func shown(
    _ arguments: [String], columns: Int, _ environment: [String: String] = [:]
  ) throws -> String {
    try runProcess(
      "python3", ["-c", pty, String(columns), vprep] + arguments, in: TestClips.folder,
      environment: plain.merging(environment) { $1 }
    ).outputText
  }

  private static func piped(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> ProcessResult {
    try runProcess(
      vprep, arguments, in: TestClips.folder, environment: plain.merging(environment) { $1 })
  }

  private static func width(_ text: String) -> Int {
    text.replacing(/\u{1B}\[\d+m/, with: "").split(separator: "\n").map(\.count).max() ?? 0
  }

  @Test("writes lines of the terminal's width", arguments: [(50, 40...50), (80, 65...80)])
  func width(columns: Int, expected: ClosedRange<Int>) throws {
    let text = try Self.shown(Self.check, columns: columns)
    #expect(text.contains("fail\u{1B}[0m for tencent silent: \u{1B}[1mLipVideoInvalid"))
    #expect(expected.contains(Self.width(text)), "\(text)")
  }

  @Test("goes by COLUMNS before the terminal's width, and by 80 columns in a pipe")
  func columns() throws {
    #expect(try Self.width(Self.shown(Self.check, columns: 80, ["COLUMNS": "50"])) <= 50)
    #expect(try (65...80).contains(Self.width(Self.piped(Self.check).outputText)))
    #expect(try Self.width(Self.piped(Self.check, ["COLUMNS": "50"]).outputText) <= 50)
  }

  @Test("paints on a terminal only, unless the environment says otherwise")
  func colors() throws {
    let probe = ["probe", try TestClips.named("false-duration").file]
    func isPainted(_ text: String) -> Bool { text.contains("\u{1B}[") }
    #expect(isPainted(try Self.shown(probe, columns: 80)))
    for off in ["NO_COLOR": "1", "CLICOLOR": "0", "TERM": "dumb"] {
      #expect(!isPainted(try Self.shown(probe, columns: 80, [off.key: off.value])), "\(off)")
    }
    #expect(!isPainted(try Self.piped(probe).outputText))
    #expect(isPainted(try Self.piped(probe, ["CLICOLOR_FORCE": "1"]).outputText))
  }

  @Test("breaks an error between words on a terminal, and leaves it on one line in a pipe")
  func errors() throws {
    let arguments = ["check", try TestClips.named("text").file, "--provider", "tencent"]
    let piped = try Self.piped(arguments).errorText
    #expect(piped.split(separator: "\n").count == 1)
    let shown = try Self.shown(arguments, columns: 50, ["NO_COLOR": "1"])
    #expect(shown.split(separator: "\n").count > 2)
    #expect(shown.split { $0.isWhitespace } == piped.split { $0.isWhitespace })
  }

  @Test("lays out a report beside an output on standard output for standard error")
  func standardError() throws {
    let fit = ["fit", try TestClips.named("moov-last").file, "-o", "-", "--provider", "tencent"]
    let result = try Self.piped(fit, ["COLUMNS": "50"])
    #expect(result.status == 0 && !result.output.isEmpty)
    #expect(Self.width(result.errorText) <= 50)
    #expect(result.errorText.hasPrefix("fit remux: "))
  }

  @Test("takes progress away as a whole where the terminal is narrow")
  func progress() throws {
    let folder = try TemporaryFolder()
    let fit = [
      "fit", try TestClips.named("webm-vp8").file, "-o", folder.path("out.mp4"), "--provider",
      "tencent",
    ]
    let bars = try Self.shown(fit, columns: 44).split(separator: "\r").filter { $0.contains("%") }
    #expect(!bars.isEmpty)
    #expect(bars.allSatisfy { $0.replacing(/\u{1B}\[K/, with: "").count < 44 })
  }
}
