import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("Clips that are foretold to fail and let through")
struct ExplorationTests {
  /// Digests as files have them.
  private let digests = (0..<4000).map { "\(StableHash("file \($0)").digits(16))" }

  private func chosen(_ exploration: Exploration) -> Set<String> {
    Set(digests.filter { exploration.choice(md5: $0).chosen })
  }

  @Test("are about as many as were asked for, and the same each time")
  func share() {
    let tenth = chosen(Exploration(share: 0.1))
    // Four deviations of 4,000 draws.
    #expect((324...476).contains(tenth.count), "\(tenth.count)")
    #expect(tenth == chosen(Exploration(share: 0.1)))
    #expect(tenth.isSubset(of: chosen(Exploration(share: 0.2))))
    #expect(chosen(Exploration(share: 0)).isEmpty)
    #expect(chosen(Exploration(share: 1)).count == digests.count)
  }

  @Test("are others with another seed")
  func seeded() {
    let (one, other) = (
      chosen(Exploration(share: 0.5, seed: "a")), chosen(Exploration(share: 0.5, seed: "b"))
    )
    // Independent halves have a quarter in common.
    #expect((873...1127).contains(one.intersection(other).count))
  }

  @Test("are accepted in status, keep their verdict, and are prepared")
  func letThrough() async throws {
    let clip = try TestClips.named("dark-4")
    let folder = try TemporaryFolder()
    var gate = Gate(.tencent(.silent))
    gate.judging.exploration = Exploration(share: 1)
    let check = try await gate.check(.file(clip.path))
    #expect(check.verdict.outcome == .fail)
    #expect(check.exploration == Exploration.Choice(chosen: true, probability: 1))
    #expect(ExitStatus(check.report, strict: false) == .accepted)
    let preparation = try await gate.prepare(
      .file(clip.path), writingTo: folder.path("out.mp4"))
    #expect(preparation.output != nil)
    #expect(preparation.check.exploration?.chosen == true)

    gate.judging.exploration = Exploration(share: 0)
    let held = try await gate.check(.file(clip.path))
    #expect(held.exploration == Exploration.Choice(chosen: false, probability: 0))
    #expect(ExitStatus(held.report, strict: false) == .refused)
  }

  @Test("are none of those that pass")
  func passing() async throws {
    var gate = Gate(.tencent(.silent))
    gate.judging.exploration = Exploration(share: 1)
    let check = try await gate.check(.file(try TestClips.named("good-silent").path))
    #expect(check.exploration == nil)
    #expect(check.verdict.readings.count > 10)
  }
}
