import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A gate's options")
struct GateValidationTests {
  static let wrong: [(name: String, change: @Sendable (inout Gate) -> Void)] = [
    ("no threads", { $0.runtime.codecThreads = 0 }),
    ("too many threads", { $0.runtime.codecThreads = 17 }),
    ("eleven previews", { $0.reporting.previewCount = 11 }),
    ("tiny previews", { $0.reporting.previewSize = 63 }),
    ("previews of no quality", { $0.reporting.previewQuality = 0 }),
    ("previews below none", { $0.reporting.previewCount = -1 }),
    ("an output of no bytes", { $0.fitting.maximumBytes = 0 }),
    ("no bandwidth", { $0.judging.options.bandwidth = .nan }),
    ("actions that no request asks for", { $0.judging.options.actions = [3] }),
    ("a limit out of its range", { $0.runtime.inputLimits[.frames] = -1 }),
    ("a photo for a service that takes none", { $0.judging.photo = .bytes([1], name: "photo") }),
  ]

  @Test("that cannot be meant are refused by every call, with what may be given", arguments: wrong)
  func refused(_ wrong: (name: String, change: @Sendable (inout Gate) -> Void)) async throws {
    var changed = Gate(.megvii)
    wrong.change(&changed)
    let gate = changed
    let clip = Clip.bytes([], name: "clip")
    #expect(throws: VPrepError.self) { try gate.validate() }
    let error = await #expect(throws: VPrepError.self) { try await gate.check(clip) }
    #expect(error?.kind == .badRequest && error?.message.isEmpty == false, "\(wrong.name)")
  }

  @Test("are sound as they come")
  func defaults() throws {
    try Gate(.megvii).validate()
    try Gate(.tencent(.silent), judging: Gate.Judging(photo: .file("photo.jpg"))).validate()
  }

  @Test("of a preview are refused beside what it is asked for")
  func previews() async throws {
    let clip = Clip.file(try TestClips.named("short-0.4").path)
    let error = await #expect(throws: VPrepError.self) { try await clip.preview(count: 11) }
    #expect(error?.kind == .badRequest)
  }
}

@Suite("A clip from Foundation")
struct FoundationClipTests {
  @Test("is read from the URL of a file and from data alike, and written to a URL")
  func sources() async throws {
    let url = URL(filePath: try TestClips.named("short-0.4").path)
    let data = Clip(try Data(contentsOf: url), name: "clip.mp4")
    #expect(try await Clip(url).probe().clip.md5 == data.probe().clip.md5)
    let folder = try TemporaryFolder()
    let output = folder.file("out file.mp4")
    let gate = Gate(.tencent(.action), reporting: Gate.Reporting(previewCount: 0))
    let prepared = try await gate.prepare(Clip(url), writingTo: output)
    #expect(try Data(contentsOf: output).count == prepared.output?.byteCount)
  }

  @Test("is refused where an address names no file")
  func address() async throws {
    let address = try #require(URL(string: "https://example.org/clip.mp4"))
    let read = await #expect(throws: VPrepError.self) { try await Clip(address).probe() }
    #expect(read?.cause == .missing)
    let clip = Clip.file(try TestClips.named("short-0.4").path)
    let written = await #expect(throws: VPrepError.self) {
      try await Gate(.tencent(.silent)).fit(clip, writingTo: address)
    }
    #expect(written?.kind == .badRequest)
  }

  @Test("has errors that Foundation can show")
  func localized() async throws {
    let error = await #expect(throws: VPrepError.self) { try await Clip.file("none.mp4").probe() }
    let shown: (any LocalizedError)? = error
    #expect(shown?.errorDescription?.hasPrefix("none.mp4: ") == true)
    #expect(shown?.failureReason == error?.message)
    #expect(shown?.recoverySuggestion == error?.advice)
    let plain: any Error = try #require(error)
    #expect(plain.localizedDescription == error?.errorDescription)
  }
}
