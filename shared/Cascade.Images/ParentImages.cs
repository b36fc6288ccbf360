using Cascade.OpenStack;

namespace Cascade.Images;

/// <summary>The parent's Glance, as our own account there: a tenant's token may be older than the message that brought it.</summary>
public sealed class ParentImages(Cloud cloud)
{
    public OpenStack.Image.Images Images => cloud.Images;
}
