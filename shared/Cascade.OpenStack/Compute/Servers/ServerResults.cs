using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

internal sealed record ServerBody([property: JsonRequired] Server Server);

internal sealed record ServerPage(List<Server>? Servers, List<PageLink>? ServersLinks);

internal sealed record ServerCreatedBody([property: JsonRequired] ServerCreated Server);

/// <summary>Answer of a create: 202, nothing is scheduled yet.</summary>
public sealed record ServerCreated(
    [property: JsonRequired] string Id,
    [property: JsonPropertyName("adminPass")] string? AdminPass)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"server {Id}";
}

internal sealed record ConsoleOutput(string? Output);

internal sealed record TagList([property: JsonRequired] IReadOnlyList<string> Tags);
