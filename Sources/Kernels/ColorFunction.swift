/// What one colour becomes: the function that `ToneMap` tabulates.
///
/// It must be defined for every code that a picture can hold, also for those that stand for no colour.
package protocol ColorFunction: Sendable {
  /// Maps luma (0...1) and chroma (−½...½) of the source to those of BT.709.
  func callAsFunction(
    y: Double, cb: Double, cr: Double
  ) -> (y: Double, cb: Double, cr: Double)
}
