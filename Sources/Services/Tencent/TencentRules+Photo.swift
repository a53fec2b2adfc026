/// The comparison photo (`ImageUrl`), in every mode.
extension TencentRules {
  var photo: [Rule] { photoFile + photoFaces + Self.photoQuality }

  private var photoFile: [Rule] {
    [
      Rule(
        code(.lifePhotoSizeError), .photoBytes, .whole, .below,
        fail: answered(1, "the photo is too small"),
        advice: .photoEmpty,
        integrator: "The photo has no bytes."),
      Rule(
        code(.lifePhotoSizeError), .photoBase64Bytes, .whole, .above,
        fail: documented(
          Double(silentLimits.maximumPhotoBase64Bytes ?? 0), "at most 3 MB after Base64"),
        advice: .photoTooLarge,
        integrator: "The photo has {value} after Base64 and may have {limit}."),
      Rule(
        code(.lifePhotoSizeError), .photoFormat, oneOf: ["jpeg", "png"], .fail,
        .documented("\(source): JPG or PNG"),
        advice: .photoFormat,
        integrator: "The photo is {value}; {limit} are accepted."),
      Rule(
        code(.lifePhotoSizeError), .photoLongSide, .whole, .above,
        warn: .carried(4000, Source.tencentDetect), goal: 2000,
        advice: .photoTooLarge,
        integrator: "The photo's long side has {value}; scale it to {goal}."),
    ]
  }

  private var photoFaces: [Rule] {
    [
      Rule(
        code(.lifePhotoDetectFaces), .photoFaceCount, .whole, .above,
        fail: answered(1, "multiple faces are detected"),
        advice: .photoAlone,
        integrator: "The photo shows {value} faces; crop it to one."),
      Rule(
        code(.lifePhotoDetectNoFaces), .photoFaceCount, .whole, .below,
        fail: answered(1, "no full face is detected"),
        advice: .photoFace,
        integrator: "No face was found in the photo; check its rotation."),
      Rule(
        code(.lifePhotoDetectNoFaces), .photoFaceCompleteness, .whole, .below,
        warn: .heuristic(0.95, "hardly a landmark outside the photo"),
        fail: .heuristic(0.5, "half of the landmarks outside the photo"), goal: 1,
        advice: .photoWholeFace,
        integrator: "The photo shows {value} of the face's landmarks."),
    ]
  }

  private static let photoQuality: [Rule] = [
    Rule(
      code(.lifePhotoPoorQuality), .photoShortSide, .whole, .below,
      fail: .carried(64, Source.tencentDetect), goal: 480,
      advice: .photoTooSmall,
      integrator: "The photo's short side has {value}; {limit} is the least."),
    Rule(
      code(.lifePhotoPoorQuality), .photoFaceWidth, .whole, .below,
      warn: .carried(80, Source.huawei), goal: 150,
      advice: .photoFaceTooSmall,
      integrator: "The face in the photo is {value} wide."),
    Rule(
      code(.lifePhotoPoorQuality), .photoFaceMean, .whole, .below,
      warn: .carried(
        70, Source.megviiIOS + LightRules.dimReason,
        when: [Condition(.photoFaceP95, .below, 120), Condition(.photoFaceLight, .below, 70)]),
      goal: 100,
      advice: .photoTooDark,
      integrator: "The face in the photo has a mean luma of {value}."),
    Rule(
      code(.lifePhotoPoorQuality), .photoFaceClippedShare, .whole, .above,
      warn: .heuristic(0.25, "a quarter of the face without detail"), goal: 0.02,
      advice: .photoTooBright,
      integrator: "{value} of the face in the photo is clipped."),
    Rule(
      code(.lifePhotoPoorQuality), .photoFaceSharpness, .whole, .below,
      warn: .heuristic(SharpnessLimits.warn, SharpnessLimits.warnReason),
      advice: .photoBlurred,
      integrator: "The face in the photo has a sharpness of {value}."),
  ]
}
