using Cascade.Contracts.Nova.Faults;
using Cascade.Images;

namespace Cascade.NovaProxy.Child;

/// <summary>What goes wrong with an image, in nova's exceptions.</summary>
internal sealed class ImageFaults : IImageFaults
{
    public Exception Failed(string why) => NovaFaults.Failed(why);

    public Exception NotFound(string imageId) =>
        NovaFaults.Nova("ImageNotFound", $"Image {imageId} could not be found, or is not active, in the parent and is not in the child.", 404);
}
