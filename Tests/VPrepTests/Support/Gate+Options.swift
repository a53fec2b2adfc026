import VPrep

extension Gate {
  /// Every option that a gate stores, those of its groups by their own names.
  var everyOption: [(name: String, value: Any)] {
    let groups: [Any] = [judging, fitting, reporting, runtime]
    let options = groups.flatMap { Mirror(reflecting: $0).children }.map {
      ($0.label ?? "", $0.value)
    }
    return [("service", service)] + options
  }

  /// How many properties a gate has itself: the service and the groups.
  var propertyCount: Int { Mirror(reflecting: self).children.count }
}
