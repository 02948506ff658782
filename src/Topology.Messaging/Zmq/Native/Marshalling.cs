using System.Runtime.CompilerServices;

// Every native signature here is blittable, so a call is a plain call: nothing is copied, pinned or converted on the way.
[assembly: DisableRuntimeMarshalling]
