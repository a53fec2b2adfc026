/// Lends pointers to the three planes of a picture; `body` does not run for an empty plane.
///
/// The pointers are valid while `body` runs.
func withPlanes<Sample: BitwiseCopyable>(
  _ luma: Span<Sample>, _ cb: Span<Sample>, _ cr: Span<Sample>,
  _ body: (
    _ luma: UnsafePointer<Sample>, _ cb: UnsafePointer<Sample>, _ cr: UnsafePointer<Sample>
  ) -> Void
) {
  unsafe luma.withUnsafeBufferPointer { luma in
    unsafe cb.withUnsafeBufferPointer { cb in
      unsafe cr.withUnsafeBufferPointer { cr in
        guard let luma = luma.baseAddress, let cb = cb.baseAddress, let cr = cr.baseAddress
        else { return }
        unsafe body(luma, cb, cr)
      }
    }
  }
}

/// Lends pointers to the three planes of a picture to be written; `body` does not run for an empty
/// plane.
///
/// The pointers are valid while `body` runs.
@_lifetime(luma: copy luma)
@_lifetime(cb: copy cb)
@_lifetime(cr: copy cr)
func withMutablePlanes<Sample: BitwiseCopyable>(
  _ luma: inout MutableSpan<Sample>, _ cb: inout MutableSpan<Sample>,
  _ cr: inout MutableSpan<Sample>,
  _ body: (
    _ luma: UnsafeMutablePointer<Sample>, _ cb: UnsafeMutablePointer<Sample>,
    _ cr: UnsafeMutablePointer<Sample>
  ) -> Void
) {
  unsafe luma.withUnsafeMutableBufferPointer { luma in
    unsafe cb.withUnsafeMutableBufferPointer { cb in
      unsafe cr.withUnsafeMutableBufferPointer { cr in
        guard let luma = luma.baseAddress, let cb = cb.baseAddress, let cr = cr.baseAddress
        else { return }
        unsafe body(luma, cb, cr)
      }
    }
  }
}
