namespace Cascade.OpenStack.Network;

/// <summary>Which address groups to list.</summary>
public sealed record AddressGroupFilter : ListFilter;
