using System.Text.Json.Nodes;
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

        /// <summary>
        /// Who acts on a server that is there. One that the parent has locked is locked in the child too, where only administrators may still act on it
        /// (nova/compute/api.py: check_instance_lock); that the parent lets the order through is its own decision.
        /// </summary>
        public static Scope ActingFor(VersionedObject instance) =>
            instance.Data["locked"] is JsonValue flag && flag.TryGetValue<bool>(out var locked) && locked ? Scope.Own : Tenant(instance);

        public static string ProjectOf(VersionedObject instance) =>
            instance.Text("project_id") ?? throw new ArgumentException($"instance {instance.Text("uuid")} came without its project", nameof(instance));
    }
}
