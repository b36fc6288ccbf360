using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Child;

/// <summary>
/// The child and our account in it. The account needs the admin role in its own project (private flavors, servers of all tenants) and an inherited
/// role in the tenants' projects, so that what a tenant asks for is the tenant's in the child too (D10).
/// </summary>
internal sealed class ChildCloud(Cloud cloud)
{
    public Cloud Cloud => cloud;

    public string Name => cloud.Name;

    public OpenStack.Compute.Servers Servers => cloud.Compute.Servers;

    /// <summary>The child's clock now; null before it was ever heard.</summary>
    public DateTimeOffset? Now => cloud.Clock.Now;

    /// <summary>Our own user there. What it made is ours; nobody else can make a server carry it (nova has no API that changes user_id).</summary>
    public Task<string> UserIdAsync(CancellationToken cancelled) => cloud.Identity.UserIdAsync(cancelled);

    /// <summary>Our user in the project of the tenant whose instance it is.</summary>
    public static Scope Tenant(VersionedObject instance) => Scope.Project(ProjectOf(instance));

    public static string ProjectOf(VersionedObject instance) =>
        instance.Text("project_id") ?? throw new ArgumentException($"instance {instance.Text("uuid")} came without its project", nameof(instance));
}
