internal import FaceModel
internal import Kernels

/// Owner of the networks that find hands at a face, and of the warps that feed them.
///
/// The palm detector alone takes masks, collars and cheeks for palms: of 148 bare faces it finds one at
/// 18. The landmark network, shown the two likeliest places, tells hands from all else.
///
/// Both pack their weights anew for each look, so that none of their 9 MB stay (`Network`).
struct HandFinder: ~Copyable, Sendable {
  private var detector: PalmDetector
  private var landmarker: HandLandmarker
  private var palmWarp = FrameWarp(
    size: PalmDetector.inputSize, values: PalmDetector.inputRange)
  private var handWarp = FrameWarp(
    size: HandLandmarker.inputSize, values: HandLandmarker.inputRange)

  /// Side of what the palm detector is shown by that of the face's region: the wrist below a chin
  /// is in it.
  ///
  /// Of 85 photographs of hands before or at the mouth, a sure hand is found in 43 with 1.2, in 59 with
  /// 1.5, in 68 with 2, and in 70 with 2 and twice as many places.
  private static let margin = 2.0
  /// Likeliest palms that are looked at: a person has two hands.
  private static let count = 2

  /// Lets go of the memory that frames took.
  mutating func forget() {
    palmWarp.forget()
    handWarp.forget()
  }

  /// What may be hands at a face, by `HandLandmarks.presence` to be judged.
  ///
  /// - Parameter face: the face's region, `RegionOfInterest.init(_: FaceLandmarks)`.
  mutating func hands(
    _ frame: borrowing some Picture, at face: RegionOfInterest, _ geometry: UprightGeometry
  ) throws(ModelError) -> [HandLandmarks] {
    let around = RegionOfInterest(
      center: face.center, side: face.side * Self.margin, rotation: face.rotation)
    guard around.isUsable else { return [] }
    let shown = TensorTransform.region(
      around, width: PalmDetector.inputSize, height: PalmDetector.inputSize)
    let palms = try detector.candidates(Self.count) { (tensor) throws(ModelError) in
      palmWarp.fill(&tensor, from: frame, shown, geometry)
    }
    var hands: [HandLandmarks] = []
    for palm in palms {
      let region = RegionOfInterest(palm.mapped(by: shown))
      let hand = try landmarker.landmarks(in: region) {
        (transform, tensor) throws(ModelError) in
        handWarp.fill(&tensor, from: frame, transform, geometry)
      }
      if let hand { hands.append(hand) }
    }
    return hands
  }
}

extension HandFinder {
  /// Loads the networks, which compute in `memory`.
  init(_ store: ModelStore, sharing memory: ActivationMemory) throws(ModelError) {
    self.init(
      detector: try PalmDetector(from: store, sharing: memory),
      landmarker: try HandLandmarker(from: store, sharing: memory))
  }
}
