using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Child;

/// <summary>The child as a nova-compute sees it. Our account there is admin in its own project: private flavors, servers of all tenants.</summary>
internal static class ChildCompute
{
    extension(ChildCloud child)
    {
        public OpenStack.Compute.Servers Servers => child.Cloud.Compute.Servers;

        /// <summary>Our user in the project of the tenant whose instance it is.</summary>
        public static Scope Tenant(VersionedObject instance) => Scope.Project(ChildCloud.ProjectOf(instance));

        public static string ProjectOf(VersionedObject instance) =>
            instance.Text("project_id") ?? throw new ArgumentException($"instance {instance.Text("uuid")} came without its project", nameof(instance));
    }
}
