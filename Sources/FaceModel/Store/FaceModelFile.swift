/// The model files, each pinned to one exact version by its SHA-256.
///
/// Source: the wheel `mediapipe==0.10.14` on PyPI (Apache License 2.0), `mediapipe/modules/`.
package enum FaceModelFile: Int, CaseIterable, Sendable {
  /// Faces within about 2 m of the camera, 128×128: selfies.
  case shortRangeDetector
  /// Faces within about 5 m, 192×192, with sparse weights: small faces.
  case fullRangeDetector
  /// 468 points of a face, 192×192.
  case faceLandmarks
  /// Contour and iris of one eye, 64×64.
  case irisLandmarks
  /// Palms, 192×192.
  case palmDetector
  /// 21 points of a hand, 224×224.
  case handLandmarks

  /// The file's name in a model folder.
  package var fileName: String {
    switch self {
    case .shortRangeDetector: "face_detection_short_range.tflite"
    case .fullRangeDetector: "face_detection_full_range_sparse.tflite"
    case .faceLandmarks: "face_landmark.tflite"
    case .irisLandmarks: "iris_landmark.tflite"
    case .palmDetector: "palm_detection_full.tflite"
    case .handLandmarks: "hand_landmark_lite.tflite"
    }
  }

  /// The digest that the file must have, in lower-case hexadecimal.
  package var sha256: String {
    switch self {
    case .shortRangeDetector: "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8"
    case .fullRangeDetector: "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1"
    case .faceLandmarks: "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814"
    case .irisLandmarks: "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f"
    case .palmDetector: "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54"
    case .handLandmarks: "048edd3645c9bf7397d19a9f6e3a42957d6e414c9bea6598030a2e9b624156e6"
    }
  }
}
