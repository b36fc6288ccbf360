using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Keystone;

/// <summary>Answer of <c>POST /v3/auth/tokens</c> (keystone/common/render_token.py: render_token_response_from_model).</summary>
internal sealed record TokenAnswer([property: JsonRequired] TokenBody Token);

internal sealed record TokenBody(
    [property: JsonRequired] DateTimeOffset ExpiresAt,
    DateTimeOffset? IssuedAt,
    [property: JsonRequired] Named User,
    Named? Project,
    List<Named>? Roles,
    List<CatalogService>? Catalog);

internal sealed record Named(string Id, string? Name);

internal sealed record CatalogAnswer(List<CatalogService>? Catalog);

internal sealed record CatalogService(string Type, string? Name, List<CatalogEndpoint>? Endpoints)
{
    public static Catalog Read(List<CatalogService>? services)
    {
        var entries = new List<CatalogEntry>();
        foreach (var service in services ?? [])
        {
            foreach (var endpoint in service.Endpoints ?? [])
            {
                if (Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url))
                {
                    entries.Add(new CatalogEntry(service.Type, endpoint.Interface ?? "public", endpoint.RegionId ?? endpoint.Region ?? "", url));
                }
            }
        }

        return new Catalog(entries);
    }
}

internal sealed record CatalogEndpoint(string? Interface, string? Region, string? RegionId, string? Url);
