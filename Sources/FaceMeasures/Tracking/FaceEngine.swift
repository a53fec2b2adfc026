package import FaceModel
internal import Kernels

/// Owner of the face networks and of the warps that feed them; one clip, and one frame, at a time.
package struct FaceEngine: ~Copyable, Sendable {
  private var shortRange: FaceDetector
  private var fullRange: FaceDetector
  private var landmarker: FaceLandmarker
  private var irisLandmarker: IrisLandmarker
  /// Loaded when a look for hands first asks for it, which most clips never do.
  private var handFinder: HandFinder?
  private let store: ModelStore
  /// Where all networks compute, one after another.
  private let memory: ActivationMemory
  private var shortWarp = FrameWarp(
    size: FaceDetector.Range.short.inputSize, values: FaceDetector.inputRange)
  private var fullWarp = FrameWarp(
    size: FaceDetector.Range.full.inputSize, values: FaceDetector.inputRange)
  private var landmarkWarp = FrameWarp(
    size: FaceLandmarker.inputSize, values: FaceLandmarker.inputRange)
  private var irisWarp = FrameWarp(
    size: IrisLandmarker.inputSize, values: IrisLandmarker.inputRange)
  private let occlusionWeights: OcclusionWeights

  /// Side of the detector's input by that of the picture for a face that fills the picture; 1.6 and
  /// 2 were tried too and found no more.
  private static let fillingMargin = 1.3
  /// Side of a face by the picture's shorter side from which it nearly fills the picture.
  private static let fillingPart = 0.6

  /// Forgets the pictures that were seen, and lets go of the memory they took.
  package mutating func forget() {
    shortWarp.forget()
    fullWarp.forget()
    landmarkWarp.forget()
    irisWarp.forget()
    handFinder?.forget()
  }

  /// Looks for faces in the whole upright picture with one of the networks.
  ///
  /// The short-range network was made for faces with something around them. One that nearly fills the
  /// picture, or is cut off by it, is found where the picture is shown smaller, on black. Of 78
  /// photographs of people with masks in which no face was found otherwise, nearly all cut along the
  /// edge of the face, a fifth show one then.
  ///
  /// - Parameters:
  ///   - isReduced: whether the picture is shown smaller.
  ///   - leastScore: the score from which a place is kept in mind.
  mutating func look(
    _ range: FaceDetector.Range, at frame: borrowing some Picture, _ geometry: UprightGeometry,
    isReduced: Bool = false, leastScore: Float = DetectorLook.leastScore
  ) throws(ModelError) -> DetectorLook {
    let margin = isReduced ? Self.fillingMargin : 1
    switch range {
    case .short:
      let shown = shortRange.letterbox(
        pictureWidth: geometry.width, pictureHeight: geometry.height, margin: margin)
      let found = try shortRange.candidates(minimumScore: leastScore) {
        (tensor) throws(ModelError) in shortWarp.fill(&tensor, from: frame, shown, geometry)
      }
      return DetectorLook(range, found.map { $0.mapped(by: shown) })
    case .full:
      let shown = fullRange.letterbox(
        pictureWidth: geometry.width, pictureHeight: geometry.height, margin: margin)
      let found = try fullRange.candidates(minimumScore: leastScore) {
        (tensor) throws(ModelError) in fullWarp.fill(&tensor, from: frame, shown, geometry)
      }
      return DetectorLook(range, found.map { $0.mapped(by: shown) })
    }
  }

  /// Looks for faces in parts of the upright picture, which show those that are too small in the whole.
  ///
  /// The parts are three by three, each 0.4 of the picture wide and high; neighbours overlap by a quarter,
  /// so that a face is whole in one of them. Two by two parts find fewer: 2 of 5 photographs of crowds.
  mutating func closeLook(
    at frame: borrowing some Picture, _ geometry: UprightGeometry
  ) throws(ModelError) -> DetectorLook {
    let part = 0.4
    let (width, height) = (Double(geometry.width), Double(geometry.height))
    let size = FaceDetector.Range.full.inputSize
    var found: [FaceDetection] = []
    for row in 0..<3 {
      for column in 0..<3 {
        let step = (1 - part) / 2
        let region = RegionOfInterest(
          center: Point2D(
            width * (part / 2 + step * Double(column)), height * (part / 2 + step * Double(row))),
          side: max(width, height) * part, rotation: 0)
        let shown = TensorTransform.region(region, width: size, height: size)
        let faces = try fullRange.candidates(minimumScore: DetectorLook.leastScore) {
          (tensor) throws(ModelError) in fullWarp.fill(&tensor, from: frame, shown, geometry)
        }
        found += faces.map { $0.mapped(by: shown) }
      }
    }
    return DetectorLook(.full, found)
  }

  /// Those of the faces that nearly fill the upright picture; smaller ones are found in the whole of it.
  static func filling(
    _ faces: [FaceDetection], _ geometry: UprightGeometry
  ) -> [FaceDetection] {
    let shorter = Double(min(geometry.width, geometry.height))
    return faces.filter { max($0.box.width, $0.box.height) >= fillingPart * shorter }
  }

  /// The face in a region, or `nil` when the region is unusable.
  ///
  /// - Parameter wantsOcclusion: whether to tell what covers it, and which colour its skin has.
  mutating func landmarks(
    _ frame: borrowing some Picture, in region: RegionOfInterest, _ geometry: UprightGeometry,
    wantsOcclusion: Bool
  ) throws(ModelError) -> FoundFace? {
    var colors: RegionColors?
    let landmarks = try landmarker.landmarks(in: region) {
      (transform, tensor) throws(ModelError) in
      landmarkWarp.fill(&tensor, from: frame, transform, geometry)
      // The run overwrites its input.
      if wantsOcclusion { colors = RegionColors(tensor.span, transform) }
    }
    guard let landmarks else { return nil }
    let occlusion = wantsOcclusion ? occlusionWeights.scores(of: landmarker.activations) : nil
    let skin = colors.flatMap { SkinColor(landmarks, in: $0) }
    return FoundFace(landmarks: landmarks, occlusion: occlusion, skin: skin)
  }

  /// What may be hands at a face, given its region.
  mutating func hands(
    _ frame: borrowing some Picture, at face: RegionOfInterest, _ geometry: UprightGeometry
  ) throws(ModelError) -> [HandLandmarks] {
    if handFinder == nil {
      handFinder = try HandFinder(store, sharing: memory)
    }
    return try handFinder?.hands(frame, at: face, geometry) ?? []
  }

  /// Height by width of an eye's opening, or `nil` when the eye cannot be looked at.
  mutating func eyeRatio(
    _ frame: borrowing some Picture, _ side: EyeSide, of face: FaceLandmarks,
    _ geometry: UprightGeometry
  ) throws(ModelError) -> Double? {
    try irisLandmarker.landmarks(of: side, face: face) {
      (transform, tensor) throws(ModelError) in
      irisWarp.fill(&tensor, from: frame, transform, geometry)
    }?.aspectRatio
  }
}

extension FaceEngine {
  /// Loads the networks.
  package init(_ store: ModelStore) throws(ModelError) {
    let occlusionWeights = try OcclusionWeights.embedded()
    let memory = try ActivationMemory()
    let fullRange = try FaceDetector(.full, from: store, sharing: memory)
    let shortRange = try FaceDetector(.short, from: store, sharing: memory)
    let landmarker = try FaceLandmarker(from: store, sharing: memory)
    let irisLandmarker = try IrisLandmarker(from: store, sharing: memory)
    var handFinder: HandFinder?
    if store.state != .embedded {
      // A process that may open no files could not read them later.
      handFinder = try HandFinder(store, sharing: memory)
    }
    self.init(
      shortRange: shortRange, fullRange: fullRange, landmarker: landmarker,
      irisLandmarker: irisLandmarker, handFinder: handFinder, store: store, memory: memory,
      occlusionWeights: occlusionWeights)
  }
}
