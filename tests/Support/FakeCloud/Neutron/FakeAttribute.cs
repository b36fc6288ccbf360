using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>An attribute of a resource, as in Neutron's attribute maps (neutron_lib/api/definitions).</summary>
/// <param name="Name">As in the API.</param>
/// <param name="Traits"><c>r</c> required in a create, <c>p</c> may be in a create, <c>u</c> in an update, <c>a</c> set by administrators only, <c>v</c> seen by
/// administrators only.</param>
/// <param name="Default">JSON of the value when nothing is said; null for a null.</param>
/// <param name="Extension">Alias that brings it; null for the core.</param>
internal sealed record FakeAttribute(string Name, string Traits, string? Default = null, string? Extension = null)
{
    public bool Has(char trait) => Traits.Contains(trait, StringComparison.Ordinal);

    public JsonNode? Fill() => Default is null ? null : JsonNode.Parse(Default);
}
