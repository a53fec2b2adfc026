/// Where the mouth and the skin around it lie: numbers of MediaPipe's canonical face model.
struct MouthLandmarks {
  let lips: [Int]
  /// Where the lips meet.
  let line: [Int]
  /// Skin above the upper lip and on the chin.
  let around: [Int]
  let cheeks: [Int]
  /// From the upper lip to the chin; the skin above is left out, for it may end at a mask's edge.
  let rows: [[Int]]

  static let whole = MouthLandmarks(
    lips: [
      37, 0, 267, 39, 269, 40, 270, 72, 11, 302, 38, 12, 268, 84, 17, 314, 181, 405, 86, 15, 316,
      85, 315,
    ],
    line: [13, 14, 82, 312, 87, 317, 81, 311, 178, 402],
    around: [
      164, 167, 393, 165, 391, 2, 97, 326, 18, 83, 313, 200, 199, 175, 201, 421, 182, 406, 194,
      418, 208, 428, 32, 262,
    ],
    cheeks: [205, 425, 207, 427, 216, 436, 206, 426, 187, 411, 214, 434],
    rows: [
      [0, 37, 267], [11, 72, 302, 12], [13, 14, 82, 312, 87, 317],
      [15, 16, 86, 316], [17, 84, 314], [18, 83, 313], [200, 201, 421],
    ])

  /// The half on the viewer's left.
  static let left = MouthLandmarks(
    lips: [61, 185, 40, 39, 37, 146, 91, 181, 84, 73, 74, 72, 180, 85, 90, 77],
    line: [78, 191, 80, 81, 82, 95, 88, 178, 87],
    around: [165, 167, 92, 186, 57, 43, 106, 182, 83, 204, 194, 32, 201, 97],
    cheeks: [205, 207, 216, 206, 187, 212, 202],
    rows: [
      [39, 40], [73, 74], [80, 81], [88, 178], [179, 90], [91, 181], [182, 106],
      [204, 194],
    ])

  /// The half on the viewer's right.
  static let right = MouthLandmarks(
    lips: [291, 409, 270, 269, 267, 375, 321, 405, 314, 303, 304, 302, 404, 315, 320, 307],
    line: [308, 415, 310, 311, 312, 324, 318, 402, 317],
    around: [391, 393, 322, 410, 287, 273, 335, 406, 313, 424, 418, 262, 421, 326],
    cheeks: [425, 427, 436, 426, 411, 432, 422],
    rows: [
      [269, 270], [303, 304], [310, 311], [318, 402], [403, 320], [321, 405],
      [406, 335], [424, 418],
    ])
}
