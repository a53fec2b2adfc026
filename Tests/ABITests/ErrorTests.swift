import CVPrep
import Foundation
import TestSupport
import Testing
import VPrepC

@Suite("Errors of the C interface")
struct ErrorTests {
  @Test("say that there is no clip")
  func noClip() throws {
    try withOptions(VPREP_TENCENT) { options in
      for answer in [
        try Answer { vprep_probe(nil, options, $0) },
        try Answer { vprep_check(nil, options, $0) },
        try Answer { vprep_fit(nil, "/tmp/out.mp4", options, $0) },
        try Answer { vprep_prepare(nil, "/tmp/out.mp4", options, $0) },
        try Answer { vprep_preview(nil, nil, options, $0) },
      ] {
        #expect(answer.has(VPREP_USAGE))
        #expect(answer.errorKind == "badRequest")
      }
    }
  }

  @Test("say that a clip is both or neither, in a file and in memory")
  func contradictoryClip() throws {
    let byte: [UInt8] = [0]
    try "clip.mp4".withCString { path in
      try byte.withUnsafeBytes { bytes in
        for clip in [
          vprep_clip(path: path, bytes: bytes.baseAddress, byte_count: 1, name: nil),
          vprep_clip(path: nil, bytes: nil, byte_count: 1, name: nil),
        ] {
          var clip = clip
          let answer = try Answer { vprep_probe(&clip, nil, $0) }
          #expect(answer.has(VPREP_USAGE))
          #expect(answer.message.hasPrefix("clip"))
        }
      }
    }
  }

  @Test(
    "say that a size is none that memory can have",
    arguments: [1 << 47, 1 << 62, -1, .min, .max])
  func absurdSizes(count: Int) throws {
    let byte: [UInt8] = [0]
    try byte.withUnsafeBytes { bytes in
      let huge = vprep_clip(path: nil, bytes: bytes.baseAddress, byte_count: count, name: nil)
      try withUnsafePointer(to: huge) { huge in
        let probed = try Answer { vprep_probe(huge, nil, $0) }
        #expect(probed.has(VPREP_USAGE))
        #expect(probed.message.hasPrefix("clip"))
        try withFile("/no/such/clip.mp4") { file in
          try withOptions(VPREP_TENCENT, { $0.photo = huge }) { options in
            let checked = try Answer { vprep_check(file, options, $0) }
            #expect(checked.has(VPREP_USAGE))
            #expect(checked.message.hasPrefix("photo"))
          }
        }
      }
    }
  }

  @Test("say that a clip in memory is larger than what is read, and do not touch it")
  func largeClip() throws {
    let byte: [UInt8] = [0]
    try byte.withUnsafeBytes { bytes in
      let large = vprep_clip(
        path: nil, bytes: bytes.baseAddress, byte_count: 2_000_000_001, name: nil)
      try withUnsafePointer(to: large) { large in
        let answer = try Answer { vprep_probe(large, nil, $0) }
        #expect(answer.has(VPREP_UNUSABLE_INPUT))
        #expect(answer.error?["cause"] as? String == "limit")
      }
    }
  }

  @Test("say that there is no output", arguments: [nil, ""])
  func noOutput(path: String?) throws {
    try withFile(TestClips.named("good-megvii").path) { file in
      try withOptions(VPREP_MEGVII) { options in
        for answer in [
          try Answer { vprep_fit(file, path, options, $0) },
          try Answer { vprep_prepare(file, path, options, $0) },
        ] {
          #expect(answer.has(VPREP_USAGE))
          #expect(answer.message.hasPrefix("output"))
        }
      }
    }
  }

  @Test("say that text is not UTF-8")
  func notUTF8() throws {
    let bytes: [CChar] = [-1, -2, 0]
    try bytes.withUnsafeBufferPointer { bytes in
      var clip = vprep_clip_file(bytes.baseAddress)
      let answer = try Answer { vprep_probe(&clip, nil, $0) }
      #expect(answer.has(VPREP_USAGE))
      #expect(answer.message == "clip's path is not UTF-8")
    }
  }

  @Test("name the stage, the file and the reason when a clip cannot be used")
  func unusable() throws {
    for clip in try TestClips.unreadable where clip.probe.container == nil {
      try withFile(clip.path) { file in
        let answer = try Answer { vprep_probe(file, nil, $0) }
        #expect(answer.has(VPREP_UNUSABLE_INPUT), "\(clip)")
        #expect(answer.errorKind == "unusableInput")
        #expect(answer.error?["file"] as? String == clip.path)
        #expect(!answer.message.isEmpty)
        #expect(
          answer.error.map { Set($0.keys) } == [
            "kind", "stage", "file", "message", "advice", "code", "cause",
          ])
      }
    }
  }

  @Test("name the code that the provider would answer to such a clip")
  func code() throws {
    try withFile(TestClips.named("empty").path) { file in
      try withOptions(VPREP_TENCENT) { options in
        let checked = try Answer { vprep_check(file, options, $0) }
        #expect(checked.error?["code"] as? String == "FailedOperation.LipSizeError")
        let probed = try Answer { vprep_probe(file, options, $0) }
        #expect(probed.error?["code"] is NSNull)
      }
    }
  }

  @Test("say that an output has no folder, and leave nothing behind")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    try withFile(TestClips.named("good-megvii").path) { file in
      try withOptions(VPREP_MEGVII) { options in
        let answer = try Answer { vprep_fit(file, folder.path("none/out.mp4"), options, $0) }
        #expect(answer.has(VPREP_OUTPUT_NOT_WRITTEN))
        #expect(answer.errorKind == "outputNotWritten")
        #expect(try folder.contents.isEmpty)
      }
    }
  }

  @Test("say that the call was cancelled, and leave nothing behind")
  func cancelled() throws {
    let folder = try TemporaryFolder()
    let cancellation = vprep_cancellation_create()
    defer { vprep_cancellation_free(cancellation) }
    vprep_cancellation_cancel(cancellation)
    try withFile(TestClips.named("webm-vp9").path) { file in
      try withOptions(VPREP_TENCENT, { $0.cancellation = cancellation }) { options in
        let answer = try Answer { vprep_prepare(file, folder.path("out.mp4"), options, $0) }
        #expect(answer.has(VPREP_OUTPUT_NOT_WRITTEN))
        #expect(answer.errorKind == "cancelled")
        #expect(try folder.contents.isEmpty)
      }
    }
  }

  @Test("do not come from null pointers that are given back")
  func nothingToFree() {
    vprep_free(nil)
    vprep_cancellation_cancel(nil)
    vprep_cancellation_free(nil)
  }
}
