import Foundation
import TestSupport
import Testing
import VPrep

@Suite("An input that cannot be used")
struct RefusalTests {
  @Test("ends every call in one sentence that names it", arguments: try TestClips.unreadable)
  func everyCall(clip: TestClip) async throws {
    let gate = Gate(provider: .tencent)
    let folder = try TemporaryFolder()
    let output = folder.path("out.mp4")
    for call in Call.allCases {
      let error = await #expect(throws: VPrepError.self, "\(call)") {
        try await call.run(gate, .file(clip.path), output)
      }
      try expectUnusable(error, named: clip.path)
    }
    #expect(try folder.contents.isEmpty)
  }

  /// Every call of the public interface that reads a clip.
  enum Call: CaseIterable {
    case probe, check, fit, preview, prepare

    func run(_ gate: Gate, _ clip: Clip, _ output: String) async throws(VPrepError)
      -> any CallResult
    {
      switch self {
      case .probe: try await gate.probe(clip)
      case .check: try await gate.check(clip)
      case .fit: try await gate.fit(clip, writingTo: output)
      case .preview: try await gate.preview(clip, writingTo: output)
      case .prepare: try await gate.prepare(clip, writingTo: output)
      }
    }
  }

  @Test("is told apart by its cause")
  func causes() async throws {
    let gate = Gate(provider: .megvii)
    for (id, media) in [
      ("empty", UnusableMedia.empty), ("sound-only", .noVideo), ("external-data", .noVideo),
      ("text", .unreadable), ("cut-in-index", .unreadable), ("hls-local", .unreadable),
    ] {
      let clip = try TestClips.named(id)
      let error = await #expect(throws: VPrepError.self) {
        try await gate.probe(.file(clip.path))
      }
      #expect(error?.kind == .unusableInput(media), "\(id)")
    }
  }

  @Test("names the code that the provider would answer, where the content is at fault")
  func codes() async throws {
    let folder = try TemporaryFolder()
    for (id, megvii, tencent) in [
      ("empty", "VIDEO_UNSUPPORTED_FORMAT", "FailedOperation.LipSizeError"),
      ("text", "VIDEO_UNSUPPORTED_FORMAT", "FailedOperation.LipVideoInvalid"),
      ("cut-in-index", "VIDEO_UNSUPPORTED_FORMAT", "FailedOperation.LipVideoInvalid"),
      ("sound-only", "VIDEO_UNSUPPORTED_FORMAT", "FailedOperation.LipVideoInvalid"),
    ] {
      let clip = Clip.file(try TestClips.named(id).path)
      for (gate, code) in [
        (Gate(provider: .megvii), megvii), (Gate(.tencent(.lip)), tencent),
      ] {
        for call in [Call.check, .fit, .prepare] {
          let error = await #expect(throws: VPrepError.self) {
            try await call.run(gate, clip, folder.path("out.mp4"))
          }
          #expect(error?.code == code, "\(id) \(call)")
          #expect(error?.description.contains("(\(code))") == true)
        }
        let error = await #expect(throws: VPrepError.self) { try await gate.probe(clip) }
        #expect(error != nil && error?.code == nil)
      }
    }
  }

  @Test("names no code where the content is not at fault")
  func noCode() async throws {
    let folder = try TemporaryFolder()
    for path in [folder.path("missing.mp4"), try TestClips.named("huge-frame").path] {
      let error = await #expect(throws: VPrepError.self) {
        try await Gate(provider: .megvii).check(.file(path))
      }
      #expect(error != nil && error?.code == nil)
    }
    var gate = Gate(provider: .tencent)
    gate.judging.photo = .file(try TestClips.named("text").path)
    let error = await #expect(throws: VPrepError.self) {
      try await gate.check(.file(TestClips.named("good-silent").path))
    }
    #expect(error?.stage == "photo")
    #expect(error?.code == "FailedOperation.LifePhotoSizeError")
  }

  @Test("is a picture beyond what is read")
  func hugePicture() async throws {
    let clip = try TestClips.named("huge-frame")
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .megvii).check(.file(clip.path))
    }
    try expectUnusable(error, named: clip.path)
    #expect(error?.message.contains("16000×16000") == true)
  }

  @Test("is a missing file")
  func missing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("no-such-clip.mp4")
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .megvii).probe(.file(path))
    }
    try expectUnusable(error, named: path)
    #expect(error?.message.contains("no such file") == true)
  }

  @Test(
    "is a folder, a device or a pipe that nobody feeds",
    arguments: [
      ("", "not a file"), ("/dev/zero", "not a file"), ("/dev/null", "0 bytes"),
      ("pipe.mp4", "nothing was written"),
    ])
  func notAFile(_ name: String, _ reason: String) async throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("pipe.mp4"), 0o600) == 0)
    let path =
      name.isEmpty ? folder.url.path : name.hasPrefix("/") ? name : folder.path(name)
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .megvii).probe(.file(path))
    }
    try expectUnusable(error, named: path)
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("is no name at all")
  func noName() async throws {
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .megvii).probe(.file(""))
    }
    guard case .unusableInput = try #require(error).kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("is a clip of no bytes in memory")
  func emptyBytes() async throws {
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .megvii).probe(.bytes([], name: "upload"))
    }
    #expect(error?.kind == .unusableInput(.empty))
    #expect(error?.file == "upload")
  }
}

/// Expects an error about an unusable input, whose description is one line that names the file.
func expectUnusable(
  _ error: VPrepError?, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let error = try #require(error, sourceLocation: sourceLocation)
  if case .unusableInput = error.kind {
  } else {
    Issue.record("the kind is \(error.kind)", sourceLocation: sourceLocation)
  }
  #expect(error.file == name, sourceLocation: sourceLocation)
  #expect(error.description.hasPrefix("\(name): "), sourceLocation: sourceLocation)
  #expect(
    error.description.split(whereSeparator: \.isNewline).count == 1, sourceLocation: sourceLocation)
  #expect(error.message.first?.isLowercase == true, sourceLocation: sourceLocation)
  #expect(ExitStatus(error) == .unusableInput, sourceLocation: sourceLocation)
}
