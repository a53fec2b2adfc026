/// Decides from edges and colours of the lower face whether something covers the mouth, a hand above
/// all.
///
/// A hand has the colour of the face's own skin and creases like lips, so the few colours that
/// `LowerFaceCover` compares do not tell it; what gives it away are fingers' edges where a face has
/// none. A cloth has fewer edges than a face.
///
/// The weights were fitted by logistic regression with an L2 penalty to 5300 faces with a hand before
/// the mouth, 2400 with a mask and 8900 without either. The hands are real: 700 photographs from a
/// public set of hand signs by 218 people, cut out, given the face's own light and skin colour within
/// some variation, turned, sized and laid with a shadow over half of the mouth or more. The masks are
/// those of `LowerFaceCover`. The faces are from the same sources and 1200 more photographs, mirrored
/// and reduced in size too; 460 of them have the hand elsewhere on the face.
///
/// On people who were left out of the fit, this and the colours together find nine tenths of the
/// hands over the whole mouth and six tenths of those over half of it, where the colours alone find
/// 48 % and 16 %; 2.2 % of 8426 bare faces are wrong, most of them small and blurred. Real hands,
/// none of which was fitted to, are found in two recordings and in a photograph; one is not, where
/// the fingers lie level between nose and chin as lips do.
enum TextureScore {
  /// Log odds that the mouth is covered, for the share of covered faces that it was fitted to.
  static func logOdds(_ texture: LowerFaceTexture) -> Double {
    var edges = 0.0
    for (weight, edge) in zip(edgeWeights, texture.edges) { edges += Double(weight) * Double(edge) }
    var colors = 0.0
    for (weight, color) in zip(colorWeights, texture.colors) { colors += Double(weight) * color }
    return intercept + edgeUnit * edges + colorUnit * colors
  }
}
