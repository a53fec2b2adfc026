internal import CKernels

/// Finds the C version of a kernel.
enum KernelTable {
  /// The fastest version of a kernel at or below `path` that this machine can run.
  ///
  /// - Parameter member: picks the kernel's pointer from one level's table.
  /// - Returns: `nil` where the portable code is to run.
  static func find<Function>(
    _ path: KernelPath, _ member: (vk_kernels) -> Function?
  ) -> (function: Function, path: KernelPath)? {
    for candidate in KernelPath.available.reversed() where candidate <= path {
      let table = unsafe vk_kernels_at(Int32(candidate.level))
      if let table = unsafe table, let function = unsafe member(table.pointee) {
        return (function, candidate)
      }
    }
    return nil
  }

  /// The C version alone, for the call itself.
  static func function<Function>(
    _ path: KernelPath, _ member: (vk_kernels) -> Function?
  ) -> Function? {
    find(path, member)?.function
  }
}
