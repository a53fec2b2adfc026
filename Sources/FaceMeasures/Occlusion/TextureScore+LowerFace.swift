extension TextureScore {
  /// Whether something covers the mouth, a hand above all.
  ///
  /// A hand has the colour of the face's own skin and creases like lips, so the few colours that
  /// `LowerFaceOcclusion` compares do not tell it; what gives it away are fingers' edges where a face
  /// has none. A cloth has fewer edges than a face.
  ///
  /// The weights were fitted by logistic regression with an L2 penalty to 5300 faces with a hand
  /// before the mouth, 2400 with a mask and 8900 without either. The hands are real: 700
  /// photographs of hand signs by 218 people (ardamavi/Sign-Language-Digits-Dataset), cut out, given the face's own light
  /// and skin colour within some variation, turned, sized and laid with a shadow over half of the
  /// mouth or more. The masks are those of `LowerFaceOcclusion`. The faces are from the same sources
  /// and 1200 more photographs, mirrored and reduced in size too; 460 of them have the hand
  /// elsewhere on the face.
  ///
  /// On people who were left out of the fit, this and the colours together find nine tenths of the
  /// hands over the whole mouth and six tenths of those over half of it, where the colours alone
  /// find 48 % and 16 %; 2.2 % of 8426 bare faces are wrong, most of them small and blurred. Real
  /// hands, none of which was fitted to, are found in two recordings and in a photograph; one is
  /// not, where the fingers lie level between nose and chin as lips do.
  static let lowerFace = TextureScore(
    intercept: 2.135, edgeUnit: 0.023320, colorUnit: 0.011879,
    edgeWeights: [
      -12, 16, 25, 44, -6, -1, 9, -19, -10, 7, 5, -37, 14, 39, 23, -33, -29, -52, -6, 26, 41, 77,
      47, -4, -21, -58, 14, 13, -31, -5, 5, -9, -27, -8, 7, -30, -37, 2, -10, -49, -58, 8, 51, 101,
      65, 22, 2, -43, -17, -31, 18, 10, 17, -48, -6, -6, 0, -13, -17, 1, 10, 47, 39, 11, 16, 21,
      23, 52, 43, 55, -22, -16, -12, -33, -34, -1, 54, 27, -14, -44, 78, 16, -3, 58, -1, 1, 26, 42,
      33, 28, -9, -31, -48, -55, -2, 24, 58, 48, 0, -66, -43, -12, 8, 25, 80, 4, 33, 12, 22, 32,
      -22, 28, 24, -25, -6, 70, 56, 1, -33, -6, -3, -12, 0, 35, 55, 61, -24, 39, -24, 37, 36, 35,
      31, 19, -30, -8, -27, -10, 21, 31, 44, -1, 26, -34, 40, 0, -19, -86, -82, -67, -21, -33, 12,
      0, 61, -114, -127, -91, 55, 63, 13, 47, 32, -76, -118, -93, 42, -11, 13, -52, -24, -59, -90,
      -83, -34, 0, -41, -33, 11, 32, 47, 43, 21, 18, -37, 13, -10, 4, 49, 33, 29, 5, -11, 35, 18,
      13, 35, 8, -15, 16, -26, 4, 38, 114, 38, -8, 2, -21, 13, 29, 44, 29, -6, 9, 1, -48, 76, 89,
      23, -29, -94, -60, -25, 24, 68, 0, -30, -62, -85, -11, 53, 77, -2, -27, -10, 11, 6, 34, 52,
      -6, -8, -14, 2, -5, 34, 112, 78, 3, 2, 17, -3, 8, 23, 17, 27, 39, -15, 8, 39, 20, 5, -17, 11,
      25, -6, 55, 48, 37, 6, 11, 22, 7, 3, 29, 61, 23, 12, 27, 58, -25, -29, 54, 41, -15, -18, 2,
      14, -42, -5, -23, 5, -10, -3, -20, 36, 65, -30, -31, 44, 37, 7, 15, 77, 43, 1, 15, 9, 7, 13,
      -1, 9, 22, -4, 28, -10, -18, 3, 38, 15, -6, -11, 21, 15, -31, -17, -2, -14, 10, 0, 26, -3,
      -3, 16, 33, 18, 9, 41, 27, 41, 6, 16, 2, -5, -10, 29, 12, -8, -32, -5, -22, -23, 23, 79, 67,
      14, -5, 0, -36, 21, 52, 40, 13, -3, -7, 34, 25, -2, 36, 12, 3, 29, 45, 5, -14, 23, 9, -7, -8,
      -9, -36, -34, -3, 11, 17, -16, -1, -23, 7, -9, -59, -12, 6, 9, 15, -1, -17, -19, 26, -13,
      -23, 39, 50, 30, 1, 17, 19, 14, 17, -39, 60, 75, 7, 10, 3, 21, 36, -42, 50, -3, 6, 23, 5, 45,
      36, 33, 13, 9, 22, 43, -6, 46, 29, -6, -1, -1, 10, -12, -1, 6, -4, -2, 8, 2, -42, 13, 12,
      -12, -14, 9, 18, -10, -23, -5, -15, 8, 13, 11, 13, -2, -32, -14, 12, 0, -2, -14, -39, 14, -4,
      3, -25, 24, 37, -69, -56, -37, 0, 7, -3, -7, 11, -24, -22, 19, -5, 14, -9, -4, -5, -12, 15,
      25, 2, 8, -35, -38, -49, 5, -17, 24, 8, -34, -54, 44, 32, 11, -6, 0, 3, -3, -24, 31, 8,
    ],
    colorWeights: [
      32, 54, -6, 0, -73, -20, -47, -74, -35, 20, -20, -80, 4, 4, -57, -51, -67, -25, 20, -55, -19,
      45, 47, 5, 41, -27, -13, 34, -28, 0, -21, -40, 1, -76, 18, -8, -73, 16, 5, -16, -55, 2, 27,
      -41, -7, 39, -9, -14, 19, -17, -15, 49, -21, 4, -46, -27, 36, -121, 110, -12, -104, 127, -10,
      -37, -24, 33, 35, -13, -6, 16, -12, -11, 6, -12, -8, 27, -15, 11, 9, -30, 12, -104, 50, 8,
      -100, 36, 3, 12, -52, -2, 19, -20, 14, 5, 0, -3, -21, 39, 2, 1, 18, 16, 37, 8, 16, 8, -40,
      13, 12, -22, 8, 38, -5, 16, 7, 19, 13, -12, 32, 0, 3, -2, -5, 20, -21, 7, 17, -37, 15, 20,
      -31, 16, 35, -16, 13, 19, -33, 15, 23, 16, 7, 11, 8, -5, 6, -3, -8, -21, 13, -6, 5, 8, -1,
      -12, -3, 5, -13, 3, 4, 8, 4, 3, 7, -2, -4, 11, -6, -5, -24, -9, -4, -21, -3, -4, -14, 33, -1,
      -19, 7, -3, -18, 32, -2, -5, 40, -1, -17, 8, -5, -31, 0, -6,
    ])
}
