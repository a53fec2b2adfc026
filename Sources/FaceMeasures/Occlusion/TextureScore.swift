internal import Foundation

/// Decides from edges and colours of a part of the face whether something covers it.
///
/// Source: logistic regression, as `LogisticScore`, with an L2 penalty and weights rounded to 8 bits.
struct TextureScore: Sendable {
  /// Log odds for features of 0.
  let intercept: Double
  /// What a unit of `edgeWeights` stands for.
  let edgeUnit: Double
  /// What a unit of `colorWeights` stands for.
  let colorUnit: Double
  /// One for each of `FaceTexture.edges`: cells row by row, eight directions each.
  let edgeWeights: [Int8]
  /// One for each of `FaceTexture.colors`: cells row by row, redness, yellowness and luma each.
  let colorWeights: [Int8]

  /// Log odds that the part is covered, for the share of covered faces that it was fitted to.
  func logOdds(_ texture: FaceTexture) -> Double {
    var edges = 0.0
    for (weight, edge) in zip(edgeWeights, texture.edges) { edges += Double(weight) * Double(edge) }
    var colors = 0.0
    for (weight, color) in zip(colorWeights, texture.colors) { colors += Double(weight) * color }
    return intercept + edgeUnit * edges + colorUnit * colors
  }

  /// Makes one likelihood of two witnesses: what the colours at landmarks say, and the texture.
  ///
  /// Their log odds add up, as if they erred independently, less the log odds that both were fitted
  /// with and would count otherwise.
  func likelihood(_ texture: FaceTexture, byColor: Double, priorLogOdds: Double) -> Double {
    let part = min(max(byColor, 1e-6), 1 - 1e-6)
    let sum = log(part / (1 - part)) + logOdds(texture) - priorLogOdds
    return 1 / (1 + exp(-sum))
  }
}
