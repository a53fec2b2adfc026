import Kernels
import Testing

@Suite("The choice of an instruction set")
struct KernelPathTests {
  @Test("the portable path is always there, and comes first")
  func portableIsAvailable() {
    #expect(KernelPath.available.first == .portable)
    #expect(KernelPath.available == KernelPath.available.sorted())
  }

  @Test("the active path is one that the machine supports")
  func activeIsAvailable() {
    #expect(KernelPath.available.contains(.active))
  }

  @Test("a supported wish is granted", arguments: KernelPath.allCases)
  func wishIsGranted(path: KernelPath) {
    #expect(KernelPath.choose(path.rawValue, among: KernelPath.allCases) == path)
  }

  @Test("without a wish, or with an unknown one, the best path is taken", arguments: [nil, "mmx"])
  func bestWithoutWish(wish: String?) {
    #expect(KernelPath.choose(wish, among: [.portable, .avx2]) == .avx2)
    #expect(KernelPath.choose(wish, among: [.portable, .avx2, .avx512]) == .avx512)
    #expect(KernelPath.choose(wish, among: [.portable, .neon]) == .neon)
  }

  @Test("a machine has the paths of one architecture")
  func oneArchitecture() {
    let ofArm = KernelPath.available.contains(.neon)
    let ofIntel = KernelPath.available.contains { $0 == .avx2 || $0 == .avx512 }
    #expect(!(ofArm && ofIntel))
  }

  @Test("an unsupported wish gets the best path below it")
  func unsupportedWish() {
    #expect(KernelPath.choose("avx512", among: [.portable, .avx2]) == .avx2)
    #expect(KernelPath.choose("avx2", among: [.portable]) == .portable)
    #expect(KernelPath.choose("avx512", among: [.portable, .neon]) == .portable)
  }

  @Test(
    "the catalogue names every kernel once and no path beyond the one asked for",
    arguments: KernelPath.allCases)
  func catalogue(path: KernelPath) {
    let entries = KernelCatalog.entries(for: path)
    #expect(!entries.isEmpty)
    #expect(Set(entries.map(\.name)).count == entries.count)
    #expect(entries.allSatisfy { $0.path <= path && KernelPath.available.contains($0.path) })
  }

  @Test("the catalogue of the portable path holds no other path")
  func portableCatalogue() {
    #expect(KernelCatalog.entries(for: .portable).allSatisfy { $0.path == .portable })
  }
}
