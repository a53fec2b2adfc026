import Foundation
import TestSupport
import Testing

/// A file that names another file or an address makes vprep open neither.
///
/// vprep prepares each one under strace, beside a sound clip that lies where it points, and while
/// somebody listens at the address. What it asks the system for is compared with what it asks for
/// when it prepares a plain clip.
@Suite("No file makes vprep open anything but itself")
struct NothingElseOpenedTests {
  /// What a plain clip's preparation asks for outside its folder: libraries, settings, devices.
  static let plain = Result {
    let folder = try TemporaryFolder()
    try Data(contentsOf: TestClips.named("photo").url).write(to: folder.file("photo.jpg"))
    try ReferringFile.clip("webm").write(to: folder.file("plain.webm"))
    return try SystemCallTrace(prepare("plain.webm", photo: "photo.jpg"), in: folder)
  }

  static func prepare(_ clip: String, photo: String? = nil) -> [String] {
    [
      Repository.vprep.path(percentEncoded: false), "prep", clip, "-o", "out.mp4", "--provider",
      "tencent", "--mode", "silent", "--even-if-hopeless",
    ] + (photo.map { ["--photo", $0] } ?? [])
  }

  /// Runs vprep beside a clip that must not be opened, and somebody who must not be called.
  ///
  /// - Parameters:
  ///   - names: files of the folder that may be opened.
  ///   - write: puts files into the folder.
  ///   - command: what to run.
  private func expectNothingElse(
    opening names: (ReferringFile.Target) -> Set<String>,
    write: (ReferringFile.Target, URL) throws -> Void,
    command: (ReferringFile.Target) -> [String]
  ) throws {
    let folder = try TemporaryFolder()
    let listener = try LoopbackListener()
    try FileManager.default.copyItem(
      at: TestClips.named("short-0.4").url, to: folder.file("canary.mp4"))
    let target = ReferringFile.Target(
      canary: folder.path("canary.mp4"), address: "127.0.0.1:\(listener.port)")
    try write(target, folder.url)
    let trace = try SystemCallTrace(command(target), in: folder)
    #expect([0, 1, 3, 4, 6].contains(trace.result.status), "\(trace.result.errorText)")
    #expect(trace.network == [])
    #expect(!listener.wasCalled())
    // The output, and what it is before it is whole.
    let named = names(target)
    let strange = trace.ownFiles.filter { !named.contains($0) && !$0.contains("out.mp4") }
    #expect(strange == [])
    #expect(trace.systemFiles.subtracting(try Self.plain.get().systemFiles) == [])
    #expect(try folder.contents.allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test("though strace sees what is opened and who is called")
  func witness() throws {
    let folder = try TemporaryFolder()
    let listener = try LoopbackListener()
    try Data("x".utf8).write(to: folder.file("canary.mp4"))
    let read = try SystemCallTrace(["cat", folder.path("canary.mp4"), "other"], in: folder)
    #expect(read.ownFiles.isSuperset(of: ["canary.mp4", "other"]))
    #expect(read.network == [])
    let call = "import socket; socket.create_connection(('127.0.0.1', \(listener.port)))"
    #expect(try SystemCallTrace(["python3", "-c", call], in: folder).network != [])
    #expect(listener.wasCalled())
    #expect(!listener.wasCalled())
    let plain = try Self.plain.get()
    #expect([0, 1].contains(plain.result.status), "\(plain.result.errorText)")
    #expect(plain.ownFiles.isSuperset(of: ["plain.webm", "photo.jpg"]))
    #expect(plain.network == [])
  }

  @Test("when it is a list of other clips", arguments: ReferringFile.playlists)
  func playlist(_ file: ReferringFile) throws {
    try expectNothingElse(opening: { _ in [file.name] }) { target, folder in
      try file.content(target).write(to: folder.appending(path: file.name))
    } command: { _ in
      Self.prepare(file.name)
    }
  }

  @Test("when its container names another file", arguments: ReferringFile.containers)
  func container(_ file: ReferringFile) throws {
    try expectNothingElse(opening: { _ in [file.name] }) { target, folder in
      try file.content(target).write(to: folder.appending(path: file.name))
    } command: { _ in
      Self.prepare(file.name)
    }
  }

  @Test(
    "when it is given as the photo",
    arguments: ReferringFile.playlists.filter { ["SVG", "HLS"].contains($0.description) }
      + ReferringFile.containers.filter { $0.name.hasSuffix(".jpg") })
  func photo(_ file: ReferringFile) throws {
    try expectNothingElse(opening: { _ in [file.name, "plain.webm"] }) { target, folder in
      try file.content(target).write(to: folder.appending(path: file.name))
      try ReferringFile.clip("webm").write(to: folder.appending(path: "plain.webm"))
    } command: { _ in
      Self.prepare("plain.webm", photo: file.name)
    }
  }

  @Test("when a request or rules name an address")
  func request() throws {
    try expectNothingElse(opening: { _ in ["plain.webm", "request.json"] }) { target, folder in
      let address = "http://\(target.address)/x"
      let request = ["VideoUrl": address, "ImageUrl": address, "VideoBase64": target.canary]
      try JSONEncoder().encode(request).write(to: folder.appending(path: "request.json"))
      try ReferringFile.clip("webm").write(to: folder.appending(path: "plain.webm"))
    } command: { _ in
      Self.prepare("plain.webm") + ["--request", "request.json"]
    }
  }

  @Test(
    "when a path looks like an address or a pattern, as a clip and as the photo",
    arguments: ReferringFile.Target(canary: "/CANARY", address: "ADDRESS").references.filter {
      $0.contains(":")
    } + ["clip%d.jpg", "*.jpg", "pipe:0", "fd:0", "glob:*.mp4"])
  func path(_ pattern: String) throws {
    func named(_ target: ReferringFile.Target) -> String {
      pattern.replacing("/CANARY", with: target.canary).replacing("ADDRESS", with: target.address)
    }
    func write(_ target: ReferringFile.Target, _ folder: URL) throws {
      try ReferringFile.clip("webm").write(to: folder.appending(path: "plain.webm"))
      for name in ["clip1.jpg", "clip2.jpg"] {
        try Data(contentsOf: TestClips.named("photo").url).write(to: folder.appending(path: name))
      }
    }
    // The name itself may be looked for: there is no such file.
    try expectNothingElse(
      opening: { [named($0)] }, write: write, command: { Self.prepare(named($0)) })
    try expectNothingElse(
      opening: { ["plain.webm", named($0)] }, write: write,
      command: { Self.prepare("plain.webm", photo: named($0)) })
  }
}
