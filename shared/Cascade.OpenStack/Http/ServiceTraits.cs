namespace Cascade.OpenStack.Http;

/// <summary>What is special about one service's API.</summary>
/// <param name="Type">Its type in the catalog.</param>
/// <param name="Aliases">Other types that it is found under in old catalogs.</param>
/// <param name="Version">Version segment of its path, put there when the catalog's URL has none.</param>
/// <param name="Newest">Newest microversion this library speaks; null when the service has none.</param>
internal sealed record ServiceTraits(string Type, string[] Aliases, string? Version, Microversion? Newest)
{
    /// <summary>Its name in the header <c>OpenStack-API-Version</c>, where that is not its type.</summary>
    public string HeaderName { get; init; } = Type;

    public static ServiceTraits Compute { get; } = new("compute", [], "v2.1", new(2, 96));

    /// <summary>cinder/api/openstack/wsgi.py: Request.set_api_version_request reads <c>volume 3.x</c>; catalogs of Zed's time say <c>volumev3</c>.</summary>
    public static ServiceTraits BlockStorage { get; } = new("block-storage", ["volumev3", "block-store", "volume"], "v3", new(3, 71)) { HeaderName = "volume" };

    public static ServiceTraits Placement { get; } = new("placement", [], null, new(1, 39));

    public static ServiceTraits Image { get; } = new("image", [], "v2", null);

    public static ServiceTraits Network { get; } = new("network", [], "v2.0", null);
}
