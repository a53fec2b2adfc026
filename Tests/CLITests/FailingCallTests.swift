import Foundation
import TestSupport
import Testing

/// Debug builds let the n-th call of a kind fail (`VPREP_FAULT`): each is made to fail once.
@Suite("A call that fails")
struct FailingCallTests {
  static let vprep = Repository.vprep.path(percentEncoded: false)
  /// Calls of a kind that a run may make before it is not worth walking them.
  static let most = 40

  /// One of the program's jobs, which writes to `out/` or to a file in it.
  struct Job: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var testDescription: String { name }

    init(_ name: String, _ arguments: [String]) { (self.name, self.arguments) = (name, arguments) }
  }

  static var jobs: [Job] {
    get throws {
      func clip(_ id: String) throws -> String { try TestClips.named(id).path }
      return [
        Job(
          "fit, a copy of the bytes",
          ["fit", try clip("short-0.4"), "-o", "out/o.mp4", "--provider", "megvii"]),
        copy(of: try clip("matroska")),
        Job(
          "prep, encoded",
          [
            "prep", "small.webm", "-o", "out/o.mp4", "--provider", "tencent", "--previews", "0",
            "--even-if-hopeless",
          ]),
        Job("preview", ["preview", try clip("short-0.4"), "-o", "out/o.jpg"]),
      ]
    }
  }

  /// A copy of the streams of a Matroska clip.
  static func copy(of clip: String) -> Job {
    Job("fit, a copy of the streams", ["fit", clip, "-o", "out/o.mp4", "--provider", "tencent"])
  }

  /// A folder with a small clip that has to be encoded, and an empty one to write to.
  private static func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let made = try ErrorOutputTests.shell(
      """
      mkdir out; ffmpeg -v error -i $C/webm-vp8.webm -t 0.4 -vf scale=48:64 -c:v libvpx \
        -c:a libopus small.webm
      """, in: folder)
    try #require(made.status == 0, "\(made.errorText)")
    return folder
  }

  @Test(
    "ends the run with status 5, and nothing is torn or left",
    arguments: try jobs, ["write", "sync", "rename"])
  func ends(job: Job, call: String) throws {
    let folder = try Self.makeFolder()
    let old = Data("what stood there before".utf8)
    let output = URL(filePath: folder.path(job.arguments[3]))
    for number in 1...Self.most {
      try old.write(to: output)
      let result = try Self.run(job, in: folder, fault: "\(call):\(number):28")
      #expect(try Self.outputs(in: folder) == [output.lastPathComponent], "\(call) \(number)")
      let content = try Data(contentsOf: output)
      if result.status <= 1 {
        // The call that was to fail was never made.
        #expect(content != old)
        return
      }
      #expect(result.status == 5, "\(call) \(number): \(result.errorText)")
      #expect(result.errorText.contains("no space left on device"))
      #expect(content == old)
    }
    Issue.record("\(job.name) makes more than \(Self.most) calls of the kind \(call).")
  }

  @Test("is the machine's fault where files cannot be opened, be it the clip or the output")
  func opening() throws {
    let folder = try Self.makeFolder()
    let job = Self.copy(of: try TestClips.named("matroska").path)
    for number in 1...Self.most {
      // Too many open files.
      let result = try Self.run(job, in: folder, fault: "open:\(number):24")
      if result.status == 0 {
        #expect(try Self.outputs(in: folder) == ["o.mp4"])
        return
      }
      #expect(result.status == 5, "open \(number): \(result.errorText)")
      #expect(try Self.outputs(in: folder).isEmpty)
    }
    Issue.record("The walk never ended.")
  }

  @Test(
    "ends the run with status 5 where memory runs out, or changes nothing",
    arguments: try [jobs[1], jobs[2]])
  func memory(job: Job) throws {
    let folder = try Self.makeFolder()
    let output = URL(filePath: folder.path(job.arguments[3]))
    let whole = try Self.run(job, in: folder, fault: nil)
    let wanted = try Data(contentsOf: output)
    // A run makes hundreds of allocations, most of them for frames: the steps grow.
    for number in Array(1...16) + [20, 28, 44, 76, 140, 268, 524] {
      try FileManager.default.removeItem(at: output)
      let result = try Self.run(job, in: folder, fault: "allocate:\(number):12")
      if result.status == whole.status {
        #expect(try Data(contentsOf: output) == wanted, "allocation \(number)")
      } else {
        #expect(result.status == 5, "allocation \(number): \(result.errorText)")
        #expect(try Self.outputs(in: folder).isEmpty, "allocation \(number)")
        try wanted.write(to: output)
      }
    }
  }

  @Test("never starts an encode where a copy cannot be stored")
  func noEncode() throws {
    let folder = try Self.makeFolder()
    let job = Self.copy(of: try TestClips.named("matroska").path)
    // The disk is full for one write only: an encode would succeed.
    let result = try Self.run(job, in: folder, fault: "write:1:28")
    #expect(result.status == 5)
    #expect(try Self.outputs(in: folder).isEmpty)
  }

  @Test(
    "costs a batch no line and no output that the next run does not make up for",
    arguments: ["write", "sync", "rename"])
  func batch(call: String) throws {
    let whole = try TemporaryFolder()
    let clips = try TestClips.named(["short-0.4", "exactly-2"]).map(\.path)
    let job = Job("batch", ["batch", "--provider", "megvii", "--jobs", "1", "-o", "out"] + clips)
    #expect(try Self.run(job, in: whole, fault: nil).status <= 1)
    for number in 1...Self.most {
      let folder = try TemporaryFolder()
      let result = try Self.run(job, in: folder, fault: "\(call):\(number):5")
      let contents = try FileManager.default.subpathsOfDirectory(atPath: folder.path("out"))
      let lines = try Self.outputs(of: folder)
      let media = contents.filter { $0.hasSuffix(".mp4") }
      #expect(Set(media).isSubset(of: lines), "\(call) \(number): an output without a line")
      #expect(
        contents.allSatisfy { !$0.hasPrefix(".") && !$0.contains("/.") },
        "\(call) \(number): \(contents)")
      if result.status <= 1 { return }
      #expect(result.status == 5, "\(call) \(number): \(result.errorText)")
      #expect(try Self.run(job, in: folder, fault: nil).status <= 1)
      let files = try FileManager.default.subpathsOfDirectory(atPath: whole.path("out"))
        .filter { $0.hasSuffix(".mp4") || $0.hasSuffix(".jpg") }
      #expect(files.count > 2, "\(files)")
      for name in files {
        #expect(
          FileManager.default.contentsEqual(
            atPath: folder.path("out/" + name), andPath: whole.path("out/" + name)))
      }
    }
    Issue.record("The batch makes more than \(Self.most) calls of the kind \(call).")
  }

  /// The names of what the jobs have written.
  private static func outputs(in folder: borrowing TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
  }

  /// The outputs that the report's lines name.
  private static func outputs(of folder: borrowing TemporaryFolder) throws -> Set<String> {
    let text = (try? String(contentsOf: folder.file("out/report.ndjson"), encoding: .utf8)) ?? ""
    return Set(
      try text.split(separator: "\n").compactMap { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return (object?["batch"] as? [String: Any])?["output"] as? String
      })
  }

  private static func run(
    _ job: Job, in folder: borrowing TemporaryFolder, fault: String?
  ) throws -> ProcessResult {
    try runProcess(
      "bash", ["-c", #"cd "$0"; exec "$@""#, folder.url.path, vprep] + job.arguments,
      environment: fault.map { ["VPREP_FAULT": $0] } ?? [:])
  }
}

@Suite("A full disk")
struct FullDiskTests {
  @Test("ends the run with status 5, and nothing is left on it", .enabled(if: mayMount))
  func tmpfs() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      mkdir full; unshare -m bash -c 'mount -t tmpfs -o size=3m none full || exit 9
      dd if=/dev/zero of=full/ballast bs=1k count=3000 status=none
      for command in "fit $C/good-lip.mp4" "fit $C/matroska.mkv" "fit $C/webm-vp8.webm"; do
        $V $command -o full/out.mp4 --provider tencent; echo $?; ls -A full
      done
      $V batch $C/good-lip.mp4 $C/matroska.mkv -o full/batch --provider tencent > /dev/null; echo $?
      ls -A full/batch | grep -Ev "^(report.ndjson|summary.json)$"; exit 0'
      """, in: folder)
    #expect(
      result.outputText
        == "5\nballast\n5\nballast\n5\nballast\n5\n", "\(result.errorText)")
    #expect(result.errorText.contains("no space left on device"))
    #expect(!result.errorText.contains("the clip cannot be copied"))
  }

  @Test("is told as such where the shell limits the size of files", arguments: ["", "--isolate"])
  func fileSize(option: String) throws {
    let folder = try TemporaryFolder()
    // Whoever runs the tests may ignore the signal, as Python does; a shell does not.
    let result = try ErrorOutputTests.shell(
      """
      ulimit -f 100
      env --default-signal=XFSZ $V fit $C/matroska.mkv -o out.mp4 --provider tencent \(option)
      echo $?; ls -A
      """, in: folder)
    #expect(result.outputText == "5\n")
    #expect(result.errorText.contains("file too large"))
  }

  @Test("is not the only place where nothing can be written")
  func readOnly() throws {
    let result = try ErrorOutputTests.shell(
      "$V fit $C/short-0.4.mp4 -o /proc/out.mp4 --provider megvii")
    #expect(result.status == 5)
  }

  /// Whether this process may mount a file system in a name space of its own.
  static let mayMount: Bool = {
    let result = try? runProcess(
      "unshare", ["-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"])
    return result?.status == 0
  }()
}
