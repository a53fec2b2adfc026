/// The documents and products that thresholds are taken from.
enum Source {
  static let megvii = "Megvii FaceID, H5-Raw-UploadVideo (validate_still)"
  static let tencent = "Tencent Cloud FaceID, VideoLivenessCompare"
  static let megviiIOS =
    "Megvii FaceID iOS SDK, quality defaults: grey 70 to 230, face at least 150 px"
  static let tencentDetect = "Tencent Cloud DetectFace: sides of 64 to 4000 px"
  static let yoti =
    "Yoti face capture: grey 40 to 215, face at least 150 px and 35 to 80 % of the width"
  static let smileID = "Smile ID: grey 50, face area .1 to .3, second face from .03 of the frame"
  static let huawei = "Huawei Cloud FRS: face over 80 px, 120 px advised, turn at most 30°"
  static let aws = "Amazon Rekognition Face Liveness: 480×640, 15 frames a second"
  static let ofiq = "ISO/IEC 29794-5 through OFIQ"
  static let tencentAIFaces =
    "Tencent Cloud FaceID, DetectAIFakeFaces: at most 20 s (VideoDurationExceeded)"
  static let tencentActions =
    "Tencent Cloud FaceID, CompareFaceLiveness: 1 is to open the mouth, 2 to blink, 3 to nod, 4 to "
    + "shake the head, in the order sent"
  static let visionLabs =
    "VisionLabs LUNA ID, OneShotLiveness: 720×960 at least, face over 200 px, 20° about every axis, "
    + "no compression"
}
