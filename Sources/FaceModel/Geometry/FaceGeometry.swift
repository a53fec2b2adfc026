/// What the landmarks say about one face in one upright picture.
package struct FaceGeometry: Equatable, Sendable {
  /// The box around all landmarks, in pixels; it may reach beyond the picture.
  ///
  /// It runs from the hairline to the chin and from cheek to cheek: the extent that providers call
  /// the face, narrower at the top than a detector's box.
  package let box: Rect2D
  /// The box's width by the picture's.
  package let widthShare: Double
  /// Width by width times height by height, clipped to the picture, 0–1.
  package let areaShare: Double
  /// The box's centre in 0–1 of the picture's width and height.
  package let center: Point2D
  /// Distance of the eyes' centres in pixels, an eye's centre being the middle of its corners.
  ///
  /// Source: inter-eye distance of ISO/IEC 29794-5, seen in the picture plane.
  package let interEyeDistance: Double
  /// Share of the landmarks that lie inside the picture, 0–1.
  package let completeness: Double
  /// Nil when the landmarks are degenerate.
  package let pose: HeadPose?
  /// Openness of the eye on the viewer's left; see `eyeAspectRatio`.
  package let leftEyeOpenness: Double
  /// Openness of the eye on the viewer's right; see `eyeAspectRatio`.
  package let rightEyeOpenness: Double
  /// The gap between the lips by the mouth's width: about 0 closed, above 0.5 wide open.
  ///
  /// Inner edges of the lips at the middle, and the outer corners.
  package let mouthOpening: Double

  /// Measures a face.
  package init(_ landmarks: FaceLandmarks, pictureWidth: Int, pictureHeight: Int) {
    let (width, height) = (Double(max(1, pictureWidth)), Double(max(1, pictureHeight)))
    let box =
      Rect2D(bounding: landmarks.points.lazy.map(\.xy))
      ?? Rect2D(minX: 0, minY: 0, maxX: 0, maxY: 0)
    let picture = Rect2D(minX: 0, minY: 0, maxX: width, maxY: height)
    self.box = box
    widthShare = box.width / width
    areaShare = box.intersection(picture).area / picture.area
    center = box.center / Point2D(width, height)
    interEyeDistance = (landmarks.eyeCenter(.right) - landmarks.eyeCenter(.left)).length
    let inside = landmarks.points.count { point in
      (0...width).contains(point.x) && (0...height).contains(point.y)
    }
    completeness = Double(inside) / Double(FaceLandmarks.count)
    pose = HeadPose(landmarks)
    leftEyeOpenness = landmarks.eyeAspectRatio(.left)
    rightEyeOpenness = landmarks.eyeAspectRatio(.right)
    mouthOpening = landmarks.mouthOpening
  }
}

extension FaceLandmarks {
  /// The middle of an eye's corners; unlike the iris it does not move with the gaze.
  package func eyeCenter(_ eye: EyeSide) -> Point2D {
    let (left, right) = eyeCorners(eye)
    return (left + right) / 2
  }

  /// An eye's height by its width: about 0.3 open and 0.1 to 0.2 shut.
  ///
  /// `(|p₂ − p₆| + |p₃ − p₅|) ÷ 2·|p₁ − p₄|`, in the picture plane. It differs between people and
  /// falls when they look down: compare with the person's own median, not with a fixed number.
  /// Source: Soukupová and Čech, "Real-Time Eye Blink Detection using Facial Landmarks", 2016.
  package func eyeAspectRatio(_ eye: EyeSide) -> Double {
    // Outer corner, two points of the upper lid, inner corner, two points of the lower lid.
    let p =
      switch eye {
      case .left: [33, 160, 158, 133, 153, 144]
      case .right: [263, 387, 385, 362, 380, 373]
      }
    let width = distance(p[0], p[3])
    guard width > 0 else { return 0 }
    return (distance(p[1], p[5]) + distance(p[2], p[4])) / (2 * width)
  }

  /// The gap between the inner edges of the lips by the distance of the mouth's corners.
  package var mouthOpening: Double {
    let width = distance(Self.mouthLeftCorner, Self.mouthRightCorner)
    guard width > 0 else { return 0 }
    return distance(Self.upperLipInner, Self.lowerLipInner) / width
  }

  /// Distance of two landmarks in the picture plane, in pixels.
  private func distance(_ first: Int, _ second: Int) -> Double {
    (self[first].xy - self[second].xy).length
  }
}
