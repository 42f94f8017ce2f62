;;; LayoutGAN for AutoCAD and BricsCAD: three commands that call the command line of layoutgan.
;;; Windows only. Not run in AutoCAD by the project that ships it; see README.md.

(vl-load-com)

;; The program: the environment variable LAYOUTGAN_CLI, else the PATH.
(defun layoutgan:program ( / found)
  (setq found (getenv "LAYOUTGAN_CLI"))
  (if (and found (/= found "")) found "layoutgan"))

;; A path between quotation marks. A path cannot hold one itself, so nothing can leave the quotes.
(defun layoutgan:quoted (text)
  (strcat "\"" (vl-string-translate "\"" "_" text) "\""))

;; The command line for a list of arguments; those that begin with a dash and plain words stand as they are.
(defun layoutgan:line (arguments / line)
  (setq line (layoutgan:quoted (layoutgan:program)))
  (foreach argument arguments
    (setq line (strcat line " " argument)))
  line)

;; Command lines of the three commands.
(defun layoutgan:generate-line (brief folder count)
  (layoutgan:line
    (list "generate" (layoutgan:quoted brief) "-n" (itoa count) "-o" (layoutgan:quoted folder)
          "--formats" "dxf,png,json")))

(defun layoutgan:check-line (drawing report)
  (layoutgan:line (list "check" (layoutgan:quoted drawing) "-o" (layoutgan:quoted report))))

(defun layoutgan:export-line (layout drawing)
  (layoutgan:line (list "export" (layoutgan:quoted layout) (layoutgan:quoted drawing))))

;; Runs a command line without a window, waits, and returns its exit code; nil when it could not be started.
(defun layoutgan:run (line / shell code)
  (setq shell (vlax-create-object "WScript.Shell"))
  (setq code (vl-catch-all-apply 'vlax-invoke (list shell 'Run line 0 :vlax-true)))
  (vlax-release-object shell)
  (if (vl-catch-all-error-p code) nil code))

;; What an exit code means.
(defun layoutgan:say (code)
  (cond
    ((null code) (princ "\nlayoutgan could not be started; set LAYOUTGAN_CLI to its path."))
    ((= code 0) (princ "\nlayoutgan: done, no errors."))
    ((= code 1) (princ "\nlayoutgan: done, with findings; see the report."))
    (T (princ (strcat "\nlayoutgan stopped with exit code " (itoa code) "; run it in a console to see why."))))
  (princ))

;; The folder of a file name, with a backslash at its end.
(defun layoutgan:folder (file)
  (strcat (vl-filename-directory file) "\\"))

;; Attaches a drawing as an external reference at the origin: the drawing keeps its layers and its data, and
;; REFRESH shows it anew when it was generated again. DXFIN would load its entities only.
(defun layoutgan:attach (file / name)
  (setq name (strcat "LAYOUTGAN-" (vl-filename-base file)))
  (command "_.-XREF" "_Attach" file "0,0,0" "1" "1" "0")
  name)

(defun c:LAYOUTGAN-GENERATE ( / brief folder count code)
  (setq brief (getfiled "Brief" "" "yaml;yml;json" 4))
  (if brief
    (progn
      (setq count (getint "\nHow many layouts <8>: "))
      (if (null count) (setq count 8))
      (setq folder (strcat (layoutgan:folder brief) (vl-filename-base brief) "-layouts"))
      (setq code (layoutgan:run (layoutgan:generate-line brief folder count)))
      (layoutgan:say code)
      (if (and code (< code 2))
        (princ (strcat "\nLayouts and report.html are in " folder)))))
  (princ))

(defun c:LAYOUTGAN-CHECK ( / drawing report code)
  (if (= (getvar "DWGTITLED") 0)
    (princ "\nSave the drawing first.")
    (progn
      (setq drawing (strcat (getvar "DWGPREFIX") (vl-filename-base (getvar "DWGNAME")) "-layoutgan.dxf"))
      (setq report (strcat (getvar "DWGPREFIX") (vl-filename-base (getvar "DWGNAME")) "-layoutgan.html"))
      (command "_.DXFOUT" drawing "_Version" "2010" "16")
      (setq code (layoutgan:run (layoutgan:check-line drawing report)))
      (layoutgan:say code)
      (if (and code (< code 2))
        (startapp "explorer.exe" report))))
  (princ))

(defun c:LAYOUTGAN-INSERT ( / layout drawing code)
  (setq layout (getfiled "Layout" "" "json;lgjson;dxf;dwg" 4))
  (if layout
    (progn
      (setq drawing layout code 0)
      (if (member (strcase (vl-filename-extension layout) T) '(".json" ".lgjson"))
        (progn
          (setq drawing (strcat (layoutgan:folder layout) (vl-filename-base layout) ".dwg"))
          (setq code (layoutgan:run (layoutgan:export-line layout drawing)))
          (if (or (null code) (> code 0))
            (progn
              (setq drawing (strcat (layoutgan:folder layout) (vl-filename-base layout) ".dxf"))
              (setq code (layoutgan:run (layoutgan:export-line layout drawing)))))
          (layoutgan:say code)))
      (if (and code (= code 0))
        (layoutgan:attach drawing))))
  (princ))

(princ "\nLayoutGAN: LAYOUTGAN-GENERATE, LAYOUTGAN-CHECK, LAYOUTGAN-INSERT")
(princ)
