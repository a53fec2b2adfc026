internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The instruction set that the kernels run on.
///
/// `portable` is plain Swift and the reference of every kernel; the others are chosen at run time,
/// so that one build runs on every processor. The environment variable `VPREP_KERNELS` holds the
/// name of a path to force it.
package enum KernelPath: String, CaseIterable, Comparable, Sendable {
  /// Swift, for every processor.
  case portable
  /// x86-64 with AVX2 and FMA.
  case avx2
  /// x86-64 with AVX-512 F, BW, DQ, VL, VBMI, VNNI and VPOPCNTDQ, and GFNI.
  case avx512
  /// 64-bit Arm, where every processor has it.
  case neon

  /// The paths that this machine supports, slowest first; never empty.
  package static let available: [KernelPath] = allCases.filter {
    vk_supports(Int32($0.level)) != 0
  }

  /// The path that kernels take unless a call names another one.
  ///
  /// Read once a process: the best that the machine supports, or what `VPREP_KERNELS` asks for.
  package static let active: KernelPath = {
    let wish = unsafe getenv("VPREP_KERNELS").map { unsafe String(cString: $0) }
    return choose(wish, among: available)
  }()

  /// The path for a wish: an unknown name gets the best path, an unsupported one the best below it.
  package static func choose(_ wish: String?, among available: [KernelPath]) -> KernelPath {
    guard let limit = wish.flatMap(KernelPath.init(rawValue:)) else {
      return available.max() ?? .portable
    }
    return available.filter { $0 <= limit }.max() ?? .portable
  }

  package static func < (left: KernelPath, right: KernelPath) -> Bool {
    left.level < right.level
  }

  /// The number of this path in `CKernels.h`.
  var level: Int {
    switch self {
    case .portable: VK_LEVEL_PORTABLE
    case .avx2: VK_LEVEL_AVX2
    case .avx512: VK_LEVEL_AVX512
    case .neon: VK_LEVEL_NEON
    }
  }
}
