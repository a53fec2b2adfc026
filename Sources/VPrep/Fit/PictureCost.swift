#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What pictures cost at a quality, learnt from those that were encoded.
struct PictureCost {
  /// Some pictures that were encoded one after the other.
  struct Piece {
    /// Their end, in seconds.
    let time: Double
    /// Their share of the clip's difficulty.
    let share: Double
    let bytes: Double
    let quality: Double

    var logarithm: Double { log2(bytes / share) }
  }

  private var pieces: [Piece] = []
  /// Sums over neighbours of different quality, from which the slope is read.
  private var (products, squares) = (0.0, 0.0)

  /// Steps of x264's scale for half the bytes before any are known, and how much that counts.
  ///
  /// Phones' clips of 17–20 Mbit/s take 2 to 4 around a third of their bytes; x264's own rule of thumb is
  /// 6, which holds where little noise is left.
  private static let prior = (steps: 3.5, weight: 4.0)
  /// Steps that are believed.
  private static let plausible = 1.8...8.0
  /// Smaller differences of quality say nothing about what it costs.
  private static let leastDifference = 0.75
  /// Seconds after which a piece counts less than half.
  private static let memory = 1.2
  /// Pieces that are kept: those before count for nothing.
  private static let most = 48

  /// Steps of quality for half the bytes: few for noise, which an encoder drops at some quality.
  var steps: Double {
    let slope = (products + Self.prior.weight / Self.prior.steps) / (squares + Self.prior.weight)
    return min(max(1 / max(slope, 1e-3), Self.plausible.lowerBound), Self.plausible.upperBound)
  }

  mutating func add(_ piece: Piece) {
    if let last = pieces.last, abs(piece.quality - last.quality) >= Self.leastDifference {
      let difference = piece.quality - last.quality
      products += difference * (last.logarithm - piece.logarithm)
      squares += difference * difference
    }
    pieces.append(piece)
    if pieces.count > Self.most { pieces.removeFirst() }
  }

  /// How many times as much a picture takes at another quality.
  func factor(from old: Double, to new: Double) -> Double { exp2((old - new) / steps) }

  /// Bytes of the whole clip at a quality without its key frames; `nil` while nothing was encoded.
  func bytes(at quality: Double) -> Double? {
    guard let last = pieces.last else { return nil }
    var (bytes, share) = (0.0, 0.0)
    for piece in pieces {
      let weight = exp((piece.time - last.time) / Self.memory)
      bytes += weight * piece.bytes * factor(from: piece.quality, to: quality)
      share += weight * piece.share
    }
    return bytes / share
  }
}
