internal import CKernels

/// A turn by a multiple of 90°, clockwise, that brings a picture upright.
package enum Rotation: Int, CaseIterable, Sendable {
  case none = 0
  case clockwise90 = 90
  case half = 180
  case clockwise270 = 270

  /// The turn for an angle in degrees, clockwise; negative angles turn back.
  ///
  /// - Returns: `nil` where the angle is no multiple of 90.
  package init?(clockwiseDegrees degrees: Int) {
    self.init(rawValue: ((degrees % 360) + 360) % 360)
  }

  /// Whether width and height change places.
  package var swapsSides: Bool { self == .clockwise90 || self == .clockwise270 }

  /// The size of a plane after the turn, without padding.
  package func rotated(_ shape: PlaneShape) -> PlaneShape {
    swapsSides
      ? PlaneShape(width: shape.height, height: shape.width)
      : PlaneShape(width: shape.width, height: shape.height)
  }

  /// Turns an 8-bit plane into another buffer.
  ///
  /// - Parameters:
  ///   - destinationShape: the size that `rotated` gives, with any stride.
  ///   - mirrored: flips the turned picture left to right.
  @_lifetime(destination: copy destination)
  package func apply(
    _ source: Span<UInt8>, shape: PlaneShape,
    into destination: inout MutableSpan<UInt8>, shape destinationShape: PlaneShape,
    mirrored: Bool = false, path: KernelPath = .active
  ) {
    shape.require(source.count)
    destinationShape.require(destination.count)
    let turned = rotated(shape)
    precondition(
      destinationShape.width == turned.width && destinationShape.height == turned.height)
    unsafe source.withUnsafeBufferPointer { from in
      unsafe destination.withUnsafeMutableBufferPointer { to in
        guard let from = from.baseAddress, let to = to.baseAddress, shape.width > 0 else { return }
        unsafe apply(PlaneMove(from, shape, to, destinationShape, path: path), mirrored: mirrored)
      }
    }
  }

  /// Every turn is a transpose, a copy or a reversal of rows, with some rows taken from the last.
  private func apply(_ move: PlaneMove, mirrored: Bool) {
    switch (self, mirrored) {
    case (.none, false): unsafe move.copyRows()
    case (.none, true): unsafe move.reverseRows()
    case (.half, false): unsafe move.sourceUpsideDown().reverseRows()
    case (.half, true): unsafe move.sourceUpsideDown().copyRows()
    case (.clockwise90, false): unsafe move.sourceUpsideDown().transpose()
    case (.clockwise90, true): unsafe move.transpose()
    case (.clockwise270, false): unsafe move.destinationUpsideDown().transpose()
    case (.clockwise270, true): unsafe move.sourceUpsideDown().destinationUpsideDown().transpose()
    }
  }
}

/// One pass over a source plane that writes a destination plane; either may be walked from its last
/// row, with a negative stride.
@unsafe private struct PlaneMove {
  var source: UnsafePointer<UInt8>
  var sourceStride: Int
  var destination: UnsafeMutablePointer<UInt8>
  var destinationStride: Int
  /// Of the source.
  let width: Int
  let height: Int
  let destinationHeight: Int
  let path: KernelPath

  init(
    _ source: UnsafePointer<UInt8>, _ shape: PlaneShape,
    _ destination: UnsafeMutablePointer<UInt8>, _ destinationShape: PlaneShape, path: KernelPath
  ) {
    unsafe self.source = source
    unsafe self.destination = destination
    unsafe sourceStride = shape.stride
    unsafe destinationStride = destinationShape.stride
    unsafe width = shape.width
    unsafe height = shape.height
    unsafe destinationHeight = destinationShape.height
    unsafe self.path = path
  }

  func sourceUpsideDown() -> PlaneMove {
    var move = unsafe self
    unsafe move.source = source + (height - 1) * sourceStride
    unsafe move.sourceStride = -sourceStride
    return unsafe move
  }

  func destinationUpsideDown() -> PlaneMove {
    var move = unsafe self
    unsafe move.destination = destination + (destinationHeight - 1) * destinationStride
    unsafe move.destinationStride = -destinationStride
    return unsafe move
  }

  func copyRows() {
    for y in unsafe 0..<height {
      unsafe (destination + y * destinationStride).update(
        from: source + y * sourceStride, count: width)
    }
  }

  func reverseRows() {
    if let kernel = unsafe KernelTable.function(path, { unsafe $0.reverse_rows }) {
      return unsafe kernel(source, sourceStride, destination, destinationStride, width, height)
    }
    for y in unsafe 0..<height {
      let from = unsafe source + y * sourceStride
      let to = unsafe destination + y * destinationStride + (width - 1)
      for x in unsafe 0..<width { unsafe to[-x] = from[x] }
    }
  }

  func transpose() {
    if let kernel = unsafe KernelTable.function(path, { unsafe $0.transpose }) {
      return unsafe kernel(source, sourceStride, destination, destinationStride, width, height)
    }
    // Blocks keep the lines of both planes in the cache until they are used up.
    let block = 32
    for top in unsafe stride(from: 0, to: height, by: block) {
      for left in unsafe stride(from: 0, to: width, by: block) {
        for x in unsafe left..<min(left + block, width) {
          let to = unsafe destination + x * destinationStride
          for y in unsafe top..<min(top + block, height) {
            unsafe to[y] = source[y * sourceStride + x]
          }
        }
      }
    }
  }
}
