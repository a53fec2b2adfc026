/// A picture of floats, row-major, channels last.
struct TestImage {
  var height: Int
  var width: Int
  var channels: Int
  var values: [Float]

  init(_ height: Int, _ width: Int, _ channels: Int, _ values: [Float]? = nil) {
    self.height = height
    self.width = width
    self.channels = channels
    self.values = values ?? [Float](repeating: 0, count: height * width * channels)
  }

  /// Zero outside.
  subscript(y: Int, x: Int, c: Int) -> Float {
    get {
      guard (0..<height).contains(y), (0..<width).contains(x), (0..<channels).contains(c) else {
        return 0
      }
      return values[(y * width + x) * channels + c]
    }
    set { values[(y * width + x) * channels + c] = newValue }
  }

  static func make(
    _ height: Int, _ width: Int, _ channels: Int, _ value: (Int, Int, Int) -> Float
  ) -> TestImage {
    var image = TestImage(height, width, channels)
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<channels { image[y, x, c] = value(y, x, c) }
      }
    }
    return image
  }

  /// Places of a window along one side and the padding before the first, by TensorFlow's rules.
  static func places(_ size: Int, kernel: Int, stride: Int, same: Bool) -> (Int, Int) {
    guard same else { return ((size - kernel) / stride + 1, 0) }
    let count = (size + stride - 1) / stride
    return (count, max(0, (count - 1) * stride + kernel - size) / 2)
  }

  func convolved(
    _ filter: [Float], _ bias: [Float], kernel: Int, stride: Int, same: Bool
  ) -> TestImage {
    let (rows, top) = Self.places(height, kernel: kernel, stride: stride, same: same)
    let (columns, left) = Self.places(width, kernel: kernel, stride: stride, same: same)
    return .make(rows, columns, bias.count) { y, x, out in
      var sum = bias[out]
      for ky in 0..<kernel {
        for kx in 0..<kernel {
          for c in 0..<channels {
            let weight = filter[((out * kernel + ky) * kernel + kx) * channels + c]
            sum += weight * self[y * stride + ky - top, x * stride + kx - left, c]
          }
        }
      }
      return sum
    }
  }

  func depthwiseConvolved(
    _ filter: [Float], _ bias: [Float], kernel: Int, stride: Int, same: Bool
  ) -> TestImage {
    let (rows, top) = Self.places(height, kernel: kernel, stride: stride, same: same)
    let (columns, left) = Self.places(width, kernel: kernel, stride: stride, same: same)
    return .make(rows, columns, channels) { y, x, c in
      var sum = bias[c]
      for ky in 0..<kernel {
        for kx in 0..<kernel {
          sum +=
            filter[(ky * kernel + kx) * channels + c]
            * self[y * stride + ky - top, x * stride + kx - left, c]
        }
      }
      return sum
    }
  }

  func maxPooled(kernel: Int, stride: Int, same: Bool) -> TestImage {
    let (rows, top) = Self.places(height, kernel: kernel, stride: stride, same: same)
    let (columns, left) = Self.places(width, kernel: kernel, stride: stride, same: same)
    return .make(rows, columns, channels) { y, x, c in
      var best = -Float.infinity
      for ky in 0..<kernel {
        for kx in 0..<kernel {
          let (row, column) = (y * stride + ky - top, x * stride + kx - left)
          // Padding does not take part.
          if (0..<height).contains(row), (0..<width).contains(column) {
            best = max(best, self[row, column, c])
          }
        }
      }
      return best
    }
  }

  /// Bilinear at half-pixel centres.
  func resized(_ newHeight: Int, _ newWidth: Int) -> TestImage {
    func place(_ index: Int, _ new: Int, _ old: Int) -> (Int, Int, Float) {
      let position = max(0, (Float(index) + 0.5) * Float(old) / Float(new) - 0.5)
      let low = min(Int(position), old - 1)
      return (low, min(low + 1, old - 1), position - Float(low))
    }
    return .make(newHeight, newWidth, channels) { y, x, c in
      let (top, bottom, fy) = place(y, newHeight, height)
      let (left, right, fx) = place(x, newWidth, width)
      let upper = self[top, left, c] * (1 - fx) + self[top, right, c] * fx
      let lower = self[bottom, left, c] * (1 - fx) + self[bottom, right, c] * fx
      return upper * (1 - fy) + lower * fy
    }
  }
}
