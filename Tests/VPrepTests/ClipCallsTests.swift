import TestSupport
import Testing
import VPrep

@Suite("Of a clip alone")
struct ClipCallsTests {
  @Test("it can be asked what it is, and how it looks, without a service")
  func calls() async throws {
    let clip = Clip.file(try TestClips.named("short-1.5").path)
    let gate = Gate(.tencent(.silent))
    #expect(try await clip.probe().clip == gate.probe(clip).clip)
    let previews = try await clip.preview(count: 2).pictures
    #expect(!previews.isEmpty)
    #expect(try await previews == gate.preview(clip, count: 2).pictures)
  }

  @Test("limits are the caller's")
  func limits() async throws {
    let clip = Clip.file(try TestClips.named("short-1.5").path)
    var limits = InputLimits()
    limits[.frames] = 5
    let error = await #expect(throws: VPrepError.self) { try await clip.probe(limits: limits) }
    #expect(error?.message.contains("frames") == true)
  }
}
