/// What the landmark network makes of a face before it decides where the landmarks are.
///
/// Three layers of different depth are read: the first sees edges and colours, the last what they mean.
/// Each is averaged over the same 6×6 places of the region, so that a number stands for the same part of
/// every face. Whoever changes the layers or their order raises `version` and trains the weights again.
package struct FaceActivations: Equatable, Sendable {
  /// Layer by layer, place by place, row by row: the layer's channels.
  package let values: [Float]

  /// Which numbers these are; weights name the version that they were trained on.
  static let version = 1
  /// Places along a side.
  static let grid = 6
  /// Channels of all layers.
  static let channels = layers.reduce(0) { $0 + $1.channels }
  /// Numbers altogether.
  package static let count = grid * grid * channels

  /// A layer of the pinned network.
  struct Layer: Sendable {
    /// Index into the file's tensors.
    let tensor: Int
    /// Places along a side, a multiple of `grid`.
    let side: Int
    let channels: Int

    var count: Int { side * side * channels }
  }

  /// What goes into the first residual block of 12×12 places, what leaves the last one, and the last
  /// tensor of 6×6 places that both outputs are made of.
  static let layers = [
    Layer(tensor: 86, side: 12, channels: 64), Layer(tensor: 113, side: 12, channels: 128),
    Layer(tensor: 141, side: 6, channels: 128),
  ]
}

extension FaceActivations {
  /// Reads the layers of the network's last run, which are its outputs from `firstOutput` on.
  init(_ network: borrowing Network, firstOutput: Int) {
    var values: [Float] = []
    values.reserveCapacity(Self.count)
    for (index, layer) in Self.layers.enumerated() {
      network.withOutput(firstOutput + index) { Self.append(layer, $0, to: &values) }
    }
    self.values = values
  }

  /// Appends the means of a layer's places.
  private static func append(_ layer: Layer, _ span: Span<Float>, to values: inout [Float]) {
    let (step, channels) = (layer.side / grid, layer.channels)
    let part = 1 / Float(step * step)
    for row in 0..<grid {
      for column in 0..<grid {
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: channels))
        for y in row * step..<(row + 1) * step {
          for x in column * step..<(column + 1) * step {
            let place = (y * layer.side + x) * channels
            for channel in 0..<channels { values[start + channel] += span[place + channel] }
          }
        }
        for channel in start..<values.count { values[channel] *= part }
      }
    }
  }
}
