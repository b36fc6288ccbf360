using System.Security.Cryptography.X509Certificates;

namespace Cascade.Support;

/// <summary>How a <see cref="FakeCloud"/> is set up.</summary>
public sealed record FakeCloudOptions
{
    /// <summary>Highest microversions offered; see <see cref="FakeRelease"/>.</summary>
    public FakeRelease Release { get; init; } = FakeRelease.Zed;

    public string Region { get; init; } = "RegionOne";

    /// <summary>The cloud's own clock; the system's when null. Its time is in the <c>Date</c> header and in every record.</summary>
    public TimeProvider? Time { get; init; }

    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Roles of the service user in its own project.</summary>
    public IReadOnlyList<string> OwnRoles { get; init; } = ["admin", "service"];

    /// <summary>Roles that the service user inherits in every other project.</summary>
    public IReadOnlyList<string> TenantRoles { get; init; } = ["member"];

    /// <summary>Largest page of a list (nova's and glance's <c>max_limit</c>).</summary>
    public int MaxLimit { get; init; } = 1000;

    /// <summary>Serve TLS with this certificate.</summary>
    public X509Certificate2? Certificate { get; init; }
}

/// <summary>What a release offers (nova/api/openstack/api_version_request.py, placement/microversion.py).</summary>
public sealed record FakeRelease(string Name, string ComputeMax, string PlacementMax)
{
    /// <summary>cinder/api/openstack/api_version_request.py: _MAX_API_VERSION.</summary>
    public string BlockStorageMax { get; init; } = "3.70";

    public static FakeRelease Train { get; } = new("train", "2.79", "1.36") { BlockStorageMax = "3.59" };

    public static FakeRelease Zed { get; } = new("zed", "2.93", "1.39");

    public static FakeRelease Epoxy { get; } = new("2025.1", "2.100", "1.39") { BlockStorageMax = "3.71" };
}
