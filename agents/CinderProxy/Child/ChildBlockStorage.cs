using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Child;

/// <summary>The child as a cinder-volume sees it. Our account there is admin in its own project and acts in the tenants' projects.</summary>
internal static class ChildBlockStorage
{
    extension(ChildCloud child)
    {
        public BlockStorageClient BlockStorage => child.Cloud.BlockStorage;

        public OpenStack.BlockStorage.Volumes Volumes => child.Cloud.BlockStorage.Volumes;

        public OpenStack.BlockStorage.Backups Backups => child.Cloud.BlockStorage.Backups;

        public OpenStack.BlockStorage.Snapshots Snapshots => child.Cloud.BlockStorage.Snapshots;

        /// <summary>
        /// The clock of the child's Cinder now; null before it was ever heard. Not <see cref="ChildCloud.Now"/>, which is its Nova's: each service has a clock of its own,
        /// and Nova may never be asked anything.
        /// </summary>
        public DateTimeOffset? BlockStorageNow => child.Cloud.BlockStorage.Service.Clock.Now;
    }

    /// <summary>Our user in the project of the tenant whose volume it is.</summary>
    public static Scope Tenant(string projectId) => Scope.Project(projectId);
}
