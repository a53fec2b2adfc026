internal import CKernels

/// What `vprep doctor` lists: every kernel and the path it takes on this machine.
package enum KernelCatalog {
  /// One kernel.
  package struct Entry: Equatable, Sendable {
    /// The kernel's name, for people.
    package let name: String
    /// The path that its version in use belongs to: at most the path asked for.
    package let path: KernelPath
  }

  /// Every kernel, in the order of the pipeline, for calls that ask for `path`.
  package static func entries(for path: KernelPath = .active) -> [Entry] {
    func entry<Function>(_ name: String, _ member: (vk_kernels) -> Function?) -> Entry {
      Entry(name: name, path: KernelTable.find(path, member)?.path ?? .portable)
    }
    return unsafe [
      entry("luma table") { unsafe $0.map_codes },
      entry("luma statistics, every pixel") { unsafe $0.luma_histogram },
      entry("luma statistics, samples") { unsafe $0.luma_samples },
      entry("luma statistics, order") { unsafe $0.code_order },
      entry("Laplacian variance") { unsafe $0.laplacian_sums },
      entry("rotation") { unsafe $0.transpose },
      entry("mirror") { unsafe $0.reverse_rows },
      entry("YCbCr conversion") { unsafe $0.convert_ycbcr },
      entry("area scaler, rows") { unsafe $0.weigh_rows },
      entry("area scaler, columns") { unsafe $0.weigh_columns },
      entry("tone map") { unsafe $0.tone_map },
      entry("tensor warp") { unsafe $0.warp_row },
      entry("tensor warp, reduction") { unsafe $0.halve_bytes },
      entry("tensor warp, reduction of high bit depths") { unsafe $0.halve_words },
      entry("Base64") { unsafe $0.base64_triples },
    ]
  }
}
