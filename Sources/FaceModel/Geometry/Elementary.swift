#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

// The C library's elementary functions, so that no other file has to choose between platforms.

func sine(_ angle: Double) -> Double { sin(angle) }
func cosine(_ angle: Double) -> Double { cos(angle) }
func angle(y: Double, x: Double) -> Double { atan2(y, x) }
func exponential(_ value: Float) -> Float { expf(value) }

/// The logistic function, with its argument clipped to ±80.
///
/// Beyond, `exp` leaves the range of single precision; MediaPipe clips to ±100.
func sigmoid(_ value: Float) -> Float {
  1 / (1 + exponential(-min(max(value, -80), 80)))
}

/// Radians as degrees.
func degrees(_ radians: Double) -> Double { radians * 180 / .pi }

extension SIMD2<Double> {
  /// Euclidean length.
  package var length: Double { (self * self).sum().squareRoot() }
}

extension SIMD3<Double> {
  /// The first two coordinates.
  package var xy: Point2D { Point2D(x, y) }
}
