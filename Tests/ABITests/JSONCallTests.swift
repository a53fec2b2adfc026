import CVPrep
import Foundation
import Synchronization
import TestSupport
import Testing
import VPrepC

@Suite("Calls whose request is JSON")
struct JSONCallTests {
  /// The request of a call of a clip in a file.
  private func request(
    _ call: String, _ clip: String, output: String? = nil, _ options: [String: Any] = [:]
  ) throws -> String {
    var request: [String: Any] = ["call": call, "clip": clip, "options": options]
    request["output"] = output
    return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
  }

  private func answer(_ request: String?) throws -> Answer {
    try Answer { vprep_call(request, nil, 0, nil, nil, nil, $0) }
  }

  /// A report without what differs from call to call.
  private func lasting(_ answer: Answer) -> NSDictionary {
    answer.json.filter { $0.key != "timing" } as NSDictionary
  }

  @Test("judge like those whose request is a struct", arguments: ["good-silent", "no-face"])
  func likeStructs(id: String) throws {
    let clip = try TestClips.named(id).path
    let told = try answer(request("check", clip, ["provider": "tencent", "mode": "silent"]))
    try withFile(clip) { file in
      try withOptions(VPREP_TENCENT, { $0.mode = VPREP_SILENT }) { options in
        let asked = try Answer { vprep_check(file, options, $0) }
        #expect(told.status == asked.status)
        #expect(lasting(told) == lasting(asked))
      }
    }
  }

  @Test("judge bytes in memory like a file, under the name that the request gives")
  func memory() throws {
    let clip = try TestClips.named("good-silent")
    let fromFile = try answer(request("check", clip.path, ["provider": "tencent"]))
    let fromMemory = try Data(contentsOf: clip.url).withUnsafeBytes { bytes in
      try Answer {
        vprep_call(
          #"{"call": "check", "name": "camera", "options": {"provider": "tencent"}}"#,
          bytes.baseAddress, bytes.count, nil, nil, nil, $0)
      }
    }
    #expect(fromMemory.status == fromFile.status)
    #expect(try fromMemory.object("input")["path"] as? String == "camera")
    #expect(
      try fromMemory.object("verdict") as NSDictionary == fromFile.object("verdict")
        as NSDictionary)
  }

  @Test("write what they are asked to write")
  func prepare() throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("matroska").path
    let options: [String: Any] = ["provider": "tencent", "previews": 1]
    let planned = try answer(
      request("prep", clip, options.merging(["dryRun": true]) { $1 }))
    #expect(try planned.object("fit")["output"] is NSNull)
    #expect(try folder.contents == [])
    let written = try answer(request("prep", clip, output: folder.path("out.mp4"), options))
    let verdict = try written.object("outputVerdict")
    #expect(written.has(try #require(Answer.status(of: verdict, strict: false))))
    #expect((written.json["previews"] as? [Any])?.count == 1)
    #expect(try folder.contents == ["out.mp4"])
  }

  @Test("tell how far they have come, and what the caller wants back")
  func progress() throws {
    let folder = try TemporaryFolder()
    let heard = Heard()
    let context = Unmanaged.passUnretained(heard).toOpaque()
    let text = try request(
      "prep", TestClips.named("webm-vp8").path, output: folder.path("out.mp4"),
      ["provider": "tencent"])
    let answer = try Answer {
      vprep_call(text, nil, 0, Heard.note, context, nil, $0)
    }
    #expect(answer.has(VPREP_ACCEPTED))
    let steps = heard.steps.withLock { $0 }
    #expect(Set(steps.map(\.stage)).isSuperset(of: ["measure", "fit", "verify"]))
    #expect(steps.allSatisfy { (0...1).contains($0.share) })
    #expect(steps.allSatisfy { $0.secondsLeft >= 0 || $0.secondsLeft == -1 })
  }

  @Test("end when they are cancelled while they run, and leave nothing behind")
  func cancelled() throws {
    let folder = try TemporaryFolder()
    let cancellation = vprep_cancellation_create()
    defer { vprep_cancellation_free(cancellation) }
    let text = try request(
      "prep", TestClips.named("webm-vp9").path, output: folder.path("out.mp4"),
      ["provider": "tencent"])
    // The first step ends the call from within it.
    let answer = try Answer {
      vprep_call(
        text, nil, 0, { context, _, _, _ in vprep_cancellation_cancel(OpaquePointer(context)) },
        UnsafeMutableRawPointer(cancellation), cancellation, $0)
    }
    #expect(answer.has(VPREP_OUTPUT_NOT_WRITTEN))
    #expect(answer.errorKind == "cancelled")
    #expect(try folder.contents == [])
  }

  @Test(
    "refuse a request that cannot be meant, by name",
    arguments: [
      (nil, "request is a null pointer"), ("", "the request is not JSON"),
      ("[]", "request must be an object"), ("{}", #"request lacks "call""#),
      (#"{"call": "chek", "clip": "a"}"#, "request.call must be"),
      (#"{"call": "probe"}"#, #"request lacks "clip""#),
      (#"{"call": "probe", "clip": "-"}"#, "request.clip must be the path of a file"),
      (#"{"call": "probe", "clip": "a", "name": "b"}"#, #"request has no "name""#),
      (#"{"call": "probe", "clip": "a", "id": 1}"#, #"request has no "id""#),
      (#"{"call": "check", "clip": "a"}"#, #"options lack "provider""#),
      (#"{"call": "check", "clip": "a", "options": {"provider": "megvi"}}"#, "options.provider"),
      (
        #"{"call": "prep", "clip": "a", "options": {"provider": "megvii"}}"#,
        #"request lacks "output""#
      ),
      (#"{"call": "probe", "clip": "a", "output": "b"}"#, #"request has an "output""#),
      (String(repeating: "[", count: 40), "the request is refused"),
      (String(repeating: " ", count: 1 << 21), "the request is refused"),
    ] as [(String?, String)])
  func refused(request: String?, message: String) throws {
    let answer = try answer(request)
    #expect(answer.has(VPREP_USAGE))
    #expect(answer.errorKind == "badRequest")
    #expect(answer.message.hasPrefix(message), "\(answer.message)")
  }

  @Test("refuse a clip that is both a file and bytes, or neither")
  func contradictoryClip() throws {
    let byte: [UInt8] = [0]
    let both = try byte.withUnsafeBytes { bytes in
      try Answer {
        vprep_call(
          #"{"call": "probe", "clip": "a"}"#, bytes.baseAddress, 1, nil, nil, nil, $0)
      }
    }
    #expect(both.has(VPREP_USAGE))
    #expect(both.message.hasPrefix(#"request has no "clip""#), "\(both.message)")
    let neither = try Answer {
      vprep_call(#"{"call": "probe", "clip": "a"}"#, nil, 1, nil, nil, nil, $0)
    }
    #expect(neither.has(VPREP_USAGE))
    #expect(neither.message.hasPrefix("byte_count"))
  }

  @Test("may put out no text when only the status is wanted")
  func statusAlone() throws {
    let clip = try request("probe", TestClips.named("good-megvii").path)
    #expect(vprep_call(clip, nil, 0, nil, nil, nil, nil) == Int32(VPREP_ACCEPTED.rawValue))
    #expect(vprep_call(nil, nil, 0, nil, nil, nil, nil) == Int32(VPREP_USAGE.rawValue))
  }
}

/// What a progress callback was told.
private final class Heard: Sendable {
  struct Step: Sendable {
    let stage: String
    let (share, secondsLeft): (Double, Double)
  }

  let steps = Mutex<[Step]>([])

  /// The callback: its context is the `Heard` that takes the notes.
  static let note: vprep_progress = { context, stage, share, secondsLeft in
    guard let context, let stage else { return }
    let heard = Unmanaged<Heard>.fromOpaque(context).takeUnretainedValue()
    heard.steps.withLock {
      $0.append(Step(stage: String(cString: stage), share: share, secondsLeft: secondsLeft))
    }
  }
}
